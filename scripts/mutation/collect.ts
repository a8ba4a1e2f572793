/**
 * Stands in for `node:test` where the same tests are run once for each mutant, in one process. Holds no more
 * than the tests of the domain use.
 */
export interface Collected {
  readonly id: string;
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
  const id = [...path, name].join(' > ');
  if (body.length > 0) throw new TypeError(`a test of the domain that asks for its context: ${id}`);
  if (collected.some((one) => one.id === id)) throw new TypeError(`two tests are called ${id}`);
  collected.push({ id, file: path[0] ?? '', run: body });
}

export const it: typeof test = (name, ...rest) => test(name, ...rest);
