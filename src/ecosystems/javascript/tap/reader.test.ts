import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { tap } from './reader.ts';

const ROOT = '/omk/checkout';
const read = (...lines: readonly string[]) =>
  tap.read(
    [
      { event: 'begin', reporter: 'tap', version: 1 },
      ...lines.map((line) => ({ event: 'tap', line })),
      { event: 'end' },
      { seal: null },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
    ROOT,
  );

test('assertions are the tests, with the groups around them; a file that fails as a whole is not one', () => {
  assert.deepEqual(testsOf(tap.read(fixture('tap.jsonl'), ROOT)), {
    passed: [
      'test/a.test.js > adds',
      'test/a.test.js > async > ok',
      'test/a.test.js > async > ok #2',
      'test/a.test.js > group > inner > should be equal',
      'test/a.test.js > group > one',
    ],
    failed: ['test/a.test.js > group > bad'],
    skipped: ['test/a.test.js > assert skip', 'test/a.test.js > later', 'test/a.test.js > skipped'],
    broken: ['test/broken.test.js'],
  });
});

test('a group that fails by itself is a failed test, one without assertions a test', () => {
  const timeout = read(
    '# Subtest: a.js',
    '    # Subtest: g',
    '        ok 1 - one',
    '        1..1',
    '    not ok 1 - g',
    '    1..1',
    'not ok 1 - a.js',
    '1..1',
  );
  assert.deepEqual(testsOf(timeout), { passed: ['a.js > g > one'], failed: ['a.js > g'], skipped: [] });
  const bare = read(
    '# Subtest: a.js',
    '    # Subtest: g',
    '        1..0',
    '    ok 1 - g',
    '    1..1',
    'ok 1 - a.js',
    '1..1',
  );
  assert.deepEqual(testsOf(bare).passed, ['a.js > g']);
});

test('what is planned or skipped shows nothing, whatever is in it', () => {
  const todo = read(
    '# Subtest: a.js',
    '    # Subtest: g',
    '        not ok 1 - one',
    '        1..1',
    '    not ok 1 - g # TODO',
    '    1..1',
    'ok 1 - a.js',
    '1..1',
  );
  assert.deepEqual(testsOf(todo), { passed: [], failed: [], skipped: ['a.js > g > one'] });
});

test('a file that died after its assertions passed is broken', () => {
  const died = read('# Subtest: a.js', '    ok 1 - one', '    1..1', 'not ok 1 - a.js', '1..1');
  assert.deepEqual(testsOf(died), { passed: ['a.js > one'], failed: [], skipped: [], broken: ['a.js'] });
});

test('a report that breaks off is invalid, wherever', () => {
  const lines = fixture('tap.jsonl').trimEnd().split('\n');
  for (let length = 0; length < lines.length; length++)
    assert.match(whyOf(tap.read(`${lines.slice(0, length).join('\n')}\n`, ROOT)), /^invalid: /);
});

test('what is piped into the reporter is written down, and said where nobody else says it', (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'omk tap '));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  copyFileSync(join(import.meta.dirname, 'tap.cjs'), join(dir, 'r.cjs'));
  copyFileSync(join(import.meta.dirname, '..', 'seal.cjs'), join(dir, 'r.seal.cjs'));
  // More than a stream holds while nobody reads it.
  const feeds = `const r = new (require('./r.cjs'))(); for (let n = 0; n < 9000; n++) r.write('ok ' + n + ' - one\\n'); `;
  for (const [name, ends] of [
    ['alone', 'r.end()'],
    ['read', 'r.pipe(process.stdout); r.end()'],
  ] as const) {
    const reports = mkdtempSync(join(dir, name));
    writeFileSync(join(reports, 'key'), 'secret');
    const env = { ...process.env, OMK_REPORT_DIR: reports };
    const ran = spawnSync(process.execPath, ['-e', feeds + ends], { cwd: dir, env, encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stderr);
    assert.deepEqual([ran.stdout.split('\n').length, ran.stdout.slice(0, 11)], [9001, 'ok 0 - one\n'], name);
    const [report = ''] = readdirSync(reports);
    assert.equal(readFileSync(join(reports, report), 'utf8').split('\n').length, 9004, name);
  }
});
