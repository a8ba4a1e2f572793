import { appendFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machine, parseRun, type Cleanup, type Files, type Machine, type Options, type Ran } from './machine.ts';

/** A part of a small program that is broken, and has tests of its own. */
export interface Part {
  readonly id: string;
  readonly needs?: readonly string[];
  readonly writes?: readonly string[];
}

/** So many parts, with letters for numbers. */
export const partsNamed = (prefix: string, many: number): readonly Part[] =>
  Array.from({ length: many }, (_, index) => ({ id: `${prefix}${String.fromCodePoint(97 + index)}` }));

/** One source file with a bug and one red test for each part; beside them a test that is green. */
export const filesOf = (parts: readonly Part[]): Files => ({
  'package.json': '{"name":"parts","type":"module","scripts":{"test":"node --test"}}\n',
  'src/base.js': 'export const base = 1;\n',
  'test/base.test.js': testOf('base', 'base', '1'),
  ...Object.fromEntries(
    parts.flatMap(({ id }) => [
      [`src/${id}.js`, `export const ${id} = 'broken';\n`],
      [`test/${id}.test.js`, testOf(id, id, `'${id}'`)],
    ]),
  ),
});

export const testOf = (file: string, name: string, value: string): string =>
  `import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { ${name} } from '../src/${file}.js';\n` +
  `test('${name} works', () => assert.equal(${name}, ${value}));\n`;

/** A plan with one task for each part, as a file. */
export function planOf(m: Machine, parts: readonly Part[]): string {
  const text = [
    'goal = "Mend all parts"',
    ...parts.map(
      ({ id }) => `[[criteria]]\nid = "c-${id}"\ntext = "${id} works"\ntests = ["test/${id}.test.js > ${id} works"]`,
    ),
    ...parts.map(
      ({ id, needs = [], writes = [] }) =>
        `[[tasks]]\nid = "${id}"\ntitle = "Mend ${id}."\nneeds = ${JSON.stringify(needs)}\n` +
        `writes = ${JSON.stringify(writes)}\ncriteria = ["c-${id}"]`,
    ),
  ].join('\n');
  const file = join(m.dir, 'plan.toml');
  writeFileSync(file, `${text}\n`);
  return file;
}

export const write = (path: string, content: string): unknown => ({ write: { path, content } });

/** What mends a part. */
export const mend = (id: string): unknown => write(`src/${id}.js`, `export const ${id} = '${id}';\n`);

/** What an agent does that is told to do a task. */
export const onTask = (id: string, ...steps: readonly unknown[]): unknown => ({
  when: { prompt_matches: `# Your task\\n[^\\n]*\\nMend ${id}\\.` },
  steps,
});

/** What it does when its work came back. */
export const onReturn = (id: string, ...steps: readonly unknown[]): unknown => ({
  when: { prompt_matches: `Mend ${id}\\.[^]*# Returned` },
  steps,
});

/** Runs a plan with a task for each part, as many at once as there are. */
export async function runParts(
  t: Cleanup,
  parts: readonly Part[],
  turns: readonly unknown[],
  files: Files = {},
  { more = '', ...options }: Options & { readonly more?: string } = {},
) {
  const m = await machine(t, { ...filesOf(parts), ...files }, options);
  const plan = planOf(m, parts);
  appendFileSync(plan, more);
  const limits = ['--max-agents', '6', '--max-attempts', '1', '--max-turns', '1'];
  const ran = await m.omk(['run', '--json', '--plan', plan, ...limits, '--agent', m.agent({ turns })]);
  const result = parseRun(ran);
  const of = (type: string) => result.events.filter((event) => event.type === type).map(({ data }) => data ?? {});
  const landed = of('tasks.integrated').flatMap(({ tasks }) =>
    Array.isArray(tasks) ? tasks.map(({ task }: { task: string }) => task) : [],
  );
  return { m, ...result, of, landed };
}

/** Whether every one of so many attempts has written something. */
export function haveBegun(state: string, many: number): boolean {
  const worktrees = join(state, 'worktrees');
  const goal = existsSync(worktrees) ? readdirSync(worktrees)[0] : undefined;
  if (goal === undefined) return false;
  const folder = join(worktrees, goal);
  const begun = readdirSync(folder).filter((attempt) => {
    const src = join(folder, attempt, 'tree', 'src');
    return existsSync(src) && readdirSync(src).some((name) => name.startsWith('half-'));
  });
  return begun.length === many;
}

export const half = (id: string): unknown => write(`src/half-${id}.js`, '1;\n');

/** What a run says until it ends. */
export function started(child: ReturnType<Machine['start']>) {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text));
  const closed = new Promise<Ran>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, closed, text: () => out };
}
