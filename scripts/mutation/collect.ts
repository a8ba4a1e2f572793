/**
 * Stands in for `node:test` where the same tests are run once for each mutant, in one process. Holds no more
 * than the tests of the domain use.
 */
export interface Collected {
  readonly id: string;
  /** Several may have the same name. */
  readonly said: string;
  readonly file: string;
  readonly run: () => unknown;
}

type Body = () => unknown;

export const collected: Collected[] = [];
let path: readonly string[] = [];

/** What is collected from here on is of this file. */
export const inFile = (file: string): void => {
  path = [file];
};

function within(name: string, body: Body): void {
  const outer = path;
  path = [...path, name];
  body();
  path = outer;
}

export const suite = within;
export const describe = within;

/** With options, such as a limit of time, of which a run of mutants has its own. */
export function test(name: string, ...rest: readonly [Body] | readonly [object, Body]): void {
  const body = rest.length === 1 ? rest[0] : rest[1];
  const said = [...path, name].join(' > ');
  const alike = collected.filter((one) => one.said === said).length;
  const id = alike === 0 ? said : `${said} (${alike + 1})`;
  if (body.length > 0) throw new TypeError(`a test of the domain that asks for its context: ${id}`);
  collected.push({ id, said, file: path[0] ?? '', run: body });
}

export const it: typeof test = (name, ...rest) => test(name, ...rest);
