import { idOf, type Template } from './template.ts';

/** A reader of reports that recognises nothing and reads nothing yet, registered, with a test that says what is missing. */
export function newReader(name: string, ecosystem: string): Template {
  const id = idOf(name);
  const folder = `src/ecosystems/${ecosystem}/${name}`;
  return {
    files: new Map([
      [`${folder}/reader.ts`, reader(name, id)],
      [`${folder}/reader.test.ts`, readerTest(name, id)],
    ]),
    lines: [],
    next: [
      `node --test ${folder}/reader.test.ts`,
      `put a real report into ${folder}/fixtures/${name}.<extension>: passing, failing and skipped tests`,
      `a canary is optional: ${folder}/canary.ts, named in \`runner\` of reader.ts`,
    ],
  };
}

const reader = (
  name: string,
  id: string,
): string => `import { invalidReport } from '../../../world/gates/readers/outcomes.ts';
import type { Started } from '../../../world/gates/command/analysis.ts';
import type { Injection, InjectRequest, Reader, ReadResult } from '../../../world/gates/readers/port.ts';
import type { Runner } from '../../../world/gates/runner.ts';

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

/** Tests of a report, from its test elements: \`collector()\` of readers/outcomes.ts. What cannot be read is never zero tests. */
function read(_report: string, _root: string): ReadResult {
  return invalidReport('this reader is not written yet');
}

export const runner: Runner = { reader: ${id}, canary: null };
`;

const readerTest = (name: string, id: string): string => `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, FIXTURES } from '../../../world/gates/testing/fixture.ts';
import { ${id} } from './reader.ts';

const file = FIXTURES.find((each) => each.startsWith('${name}.'));

test('${name}: a real report is read', () => {
  assert.ok(file, 'missing: a real report as fixtures/${name}.<extension>, with passing, failing and skipped tests');
  const result = ${id}.read(fixture(file), '/omk/checkout');
  assert.equal(result.kind, 'tests', 'missing: \`read\` of reader.ts, which makes tests of the report');
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
  assert.match(JSON.stringify(given), /omk.report/, 'missing: \`inject\` of reader.ts, which names the report directory');
});
`;
