import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Files, Machine } from './machine.ts';

/** A part of a small program that is broken, and has tests of its own. */
export interface Part {
  readonly id: string;
  readonly needs?: readonly string[];
  readonly writes?: readonly string[];
}

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
