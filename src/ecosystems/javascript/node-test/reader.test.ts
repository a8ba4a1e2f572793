import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../../world/gates/command/analysis.ts';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { nodeTest } from './reader.ts';

const ROOT = '/omk/checkout';
// Node 18.17, 20, 22, 24 and 26 write exactly this for the same tests.
const REPORT = fixture('node-test.jsonl');
const lines = REPORT.trimEnd().split('\n');
const read = (rows: readonly string[]) => nodeTest.read(`${rows.join('\n')}\n`, ROOT);
const event = (kind: string, name: string, nesting = 0, more = {}): string =>
  JSON.stringify({ event: kind, name, nesting, file: `${ROOT}/a.test.js`, suite: false, skipped: false, ...more });
const report = (...events: string[]) =>
  read(['{"event":"begin","reporter":"node-test","version":1}', ...events, '{"event":"end"}', '{"seal":null}']);

test('names carry the file and the tests around them; suites and files are not tests', () => {
  assert.deepEqual(testsOf(nodeTest.read(REPORT, ROOT)), {
    passed: [
      'test/a.test.js > S > inner > deep',
      'test/a.test.js > S > one',
      'test/a.test.js > S > two',
      'test/a.test.js > parent',
      'test/a.test.js > parent > kid',
      'test/a.test.js > parent > kid > grandkid',
      'test/a.test.js > top',
      'test/a.test.js > top #2',
      'test/b.test.mjs > B > x',
      'test/b.test.mjs > conc',
      'test/b.test.mjs > conc > c1',
      'test/b.test.mjs > conc > c2',
      'test/b.test.mjs > conc > c2 > n',
      'test/b.test.mjs > conc > c3',
    ],
    failed: ['test/a.test.js > S > inner > deepfail', 'test/a.test.js > fails'],
    skipped: ['test/a.test.js > parent > kid2', 'test/a.test.js > skipped', 'test/a.test.js > todo'],
  });
});

test('a file that dies or has no tests is not a test', () => {
  const file = `${ROOT}/a.test.js`;
  assert.deepEqual(testsOf(report(event('start', file), event('pass', file))), { passed: [], failed: [], skipped: [] });
  assert.deepEqual(testsOf(report(event('start', 'a.test.js'), event('fail', 'a.test.js'))), {
    passed: [],
    failed: [],
    skipped: [],
    broken: ['a.test.js'],
  });
});

test('a test that a helper defines belongs to the file of the outermost test', () => {
  const helper = { file: `${ROOT}/helper.js` };
  const { passed } = testsOf(
    report(event('start', 'a'), event('start', 'b', 1, helper), event('pass', 'b', 1, helper), event('pass', 'a')),
  );
  assert.deepEqual(passed, ['a.test.js > a', 'a.test.js > a > b']);
});

test('a report that breaks off is invalid, wherever', () => {
  for (let length = 0; length < lines.length; length++) assert.match(whyOf(read(lines.slice(0, length))), /^invalid: /);
});

test('a report that contradicts itself is invalid', () => {
  assert.match(whyOf(report(event('pass', 'a'))), /ends without having started/);
  assert.match(whyOf(report(event('start', 'a'))), /starts and never ends/);
  assert.match(whyOf(report(event('start', 'a'), event('pass', 'b'))), /ends without having started/);
  assert.match(whyOf(report(event('start', 'a', 1))), /starts at depth 1/);
  assert.match(whyOf(read([...lines, ...lines])), /begins or ends twice/);
  assert.match(whyOf(report('{"event":"pass"}')), /unknown shape/);
  assert.match(whyOf(report('x')), /not JSON/);
});

test('names are shown: one line, without control characters', () => {
  const name = 'a\n\u001b[31mb\u202ec';
  assert.deepEqual(testsOf(report(event('start', name), event('pass', name))).passed, ['a.test.js > a bc']);
});

test('the reporter goes in by the environment, beside those of the project', () => {
  const options = (args: readonly string[], env = {}): string | undefined => {
    const analysis: Analysis = {
      runner: { reader: 'node-test', args, sets: [] },
      runs: 1,
      append: 'divided',
      beside: [],
    };
    const paths = { reportDir: '/omk/r', injectDir: '/omk/my inject', reporterName: 'omk_1', tmp: '/tmp' };
    return nodeTest.inject({ argv: ['npm', 'test'], env, analysis, ...paths }).env['NODE_OPTIONS'];
  };
  const ours = '--test-reporter=file:///omk/my%20inject/omk_1.mjs?dir=%2Fomk%2Fr --test-reporter-destination=stdout';
  assert.equal(options([]), `--test-reporter=spec --test-reporter-destination=stdout ${ours}`);
  assert.equal(
    options([], { NODE_OPTIONS: '--no-warnings' }),
    `--no-warnings --test-reporter=spec --test-reporter-destination=stdout ${ours}`,
  );
  // Node matches reporters and destinations by their order, the environment's first.
  assert.equal(options(['--test-reporter=dot']), `${ours} --test-reporter-destination=stdout`);
  assert.equal(options(['--test-reporter', 'dot', '--test-reporter-destination', 'x']), ours);
});
