import { idOf, type Template } from './template.ts';

const READERS = 'src/world/gates/readers';

/** A reader of reports that recognises nothing and reads nothing yet, registered, with a test that says what is missing. */
export function newReader(name: string): Template {
  const id = idOf(name);
  return {
    files: new Map([
      [`${READERS}/${name}.ts`, reader(name, id)],
      [`${READERS}/${name}.test.ts`, readerTest(name, id)],
    ]),
    lines: [
      { path: 'src/domain/gates/gate.ts', line: `  '${name}',`, before: `  'exit_only',` },
      {
        path: `${READERS}/all.ts`,
        line: `import { ${id} } from './${name}.ts';`,
        before: `import type { Reader } from`,
      },
      { path: `${READERS}/all.ts`, line: `  '${name}': ${id},`, before: '};' },
      { path: 'src/world/gates/canary/all.ts', line: `  '${name}': null,`, before: '  exit_only: null,' },
    ],
    next: [
      `node --test ${READERS}/${name}.test.ts`,
      `put a real report into ${READERS}/fixtures/${name}.<extension>: passing, failing and skipped tests`,
      'add a row to the table of docs/gates.md; a canary is optional: src/world/gates/canary',
    ],
  };
}

const reader = (name: string, id: string): string => `import { invalidReport } from './outcomes.ts';
import type { Started } from '../command/analysis.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from './port.ts';

export const ${id}: Reader = {
  name: '${name}',
  version: ['${name}', '--version'],
  reach: 'arguments',
  report: 'directory',
  reporter: null,
  recognise,
  inject,
  read,
};

/** What starts the runner, its arguments without it. */
function recognise(program: string, args: readonly string[]): Started | null {
  return program === '${name}' ? { args } : null;
}

/** How it is told to write a report into \`reportDir\`. */
function inject({ argv, env }: InjectRequest): Injection {
  return { argv, env };
}

/** Tests of a report, from its test elements: \`collector()\` of ./outcomes.ts. What cannot be read is never zero tests. */
function read(_report: string, _root: string): ReadResult {
  return invalidReport('this reader is not written yet');
}
`;

const readerTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fixture } from '../testing/fixture.ts';
import { ${id} } from './${name}.ts';

const file = readdirSync(new URL('fixtures', import.meta.url)).find((each) => each.startsWith('${name}.'));

test('${name}: a real report is read', () => {
  assert.ok(file, 'missing: a real report as fixtures/${name}.<extension>, with passing, failing and skipped tests');
  const result = ${id}.read(fixture(file), '/omk/checkout');
  assert.equal(result.kind, 'tests', 'missing: \`read\` of ${name}.ts, which makes tests of the report');
});

test('${name}: what is no report of it, or breaks off, is unreadable', () => {
  for (const text of ['', '{', file === undefined ? 'x' : fixture(file).slice(0, -20)])
    assert.equal(${id}.read(text, '/omk/checkout').kind, 'unreadable', text);
});

test('${name}: the runner is told to report', () => {
  const given = ${id}.inject({
    argv: ['${name}'],
    env: {},
    reportDir: '/omk/report',
    injectDir: '/omk/inject',
    reporterName: 'omk_x',
    tmp: '/tmp',
    analysis: null,
  });
  assert.match(JSON.stringify(given), /omk.report/, 'missing: \`inject\` of ${name}.ts, which names the report directory');
});
`;
