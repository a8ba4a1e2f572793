import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { pytest } from './reader.ts';

const REPORT = fixture('pytest.jsonl');
const lines = REPORT.trimEnd().split('\n');
const read = (rows: readonly string[]) => pytest.read(`${rows.join('\n')}\n`, '/omk/checkout');
const phase = (id: string, when: string, outcome: string, more = {}): string =>
  JSON.stringify({ event: 'phase', id, when, outcome, expected: false, part: false, ...more });
const report = (...phases: string[]) =>
  read([
    '{"event":"begin","reporter":"pytest","version":1,"root":"/omk/checkout"}',
    ...phases,
    '{"event":"end"}',
    '{"seal":null}',
  ]);

const FAILED = ['Case::test_sub', 'test_fail', 'test_setup_error', 'test_teardown_error', 'test_xpass_strict'].map(
  (name) => `tests/test_all.py::${name}`,
);
const SKIPPED = ['Case::test_expected', 'test_skip', 'test_skip_inside', 'test_xfail', 'test_xpass'].map(
  (name) => `tests/test_all.py::${name}`,
);
const PASSED = [
  'Case::test_sub_ok',
  'TestClass::test_in',
  'test_param[\\xfc\\n]',
  'test_param[a b]',
  'test_param[x]',
  'test_pass',
].map((name) => `tests/test_all.py::${name}`);

test('errors around a test fail it, an expected failure is no pass, a failed subtest fails its test', () => {
  assert.deepEqual(testsOf(pytest.read(REPORT, '/omk/checkout')), {
    passed: PASSED,
    failed: FAILED,
    skipped: SKIPPED,
    broken: ['tests/test_broken.py'],
  });
});

test('workers (pytest-xdist) report the same tests', () => {
  const { passed, failed, skipped } = testsOf(pytest.read(fixture('pytest-workers.jsonl'), '/omk/checkout'));
  assert.deepEqual({ passed, failed, skipped }, { passed: PASSED, failed: FAILED, skipped: SKIPPED });
});

test('a plugin that runs failed tests again: the last try counts', () => {
  const { failed, passed } = testsOf(pytest.read(fixture('pytest-reruns.jsonl'), '/omk/checkout'));
  assert.ok(failed.includes('tests/test_all.py::test_fail'));
  const flaky = [
    phase('a', 'setup', 'passed'),
    phase('a', 'call', 'rerun'),
    phase('a', 'setup', 'passed'),
    phase('a', 'call', 'passed'),
    phase('a', 'teardown', 'passed'),
  ];
  assert.deepEqual(testsOf(report(...flaky)).passed, ['a']);
  assert.equal(new Set([...passed, ...failed]).size, passed.length + failed.length);
});

test('a report that breaks off is invalid, wherever', () => {
  for (let length = 0; length < lines.length; length++) assert.match(whyOf(read(lines.slice(0, length))), /^invalid: /);
});

test('a report that contradicts itself is invalid', () => {
  assert.match(whyOf(report(phase('a', 'teardown', 'passed'))), /ends without having run/);
  assert.match(
    whyOf(report(phase('a', 'setup', 'passed'), phase('a', 'teardown', 'passed'))),
    /ends without having run/,
  );
  assert.match(whyOf(report(phase('a', 'setup', 'passed'), phase('a', 'call', 'passed'))), /starts and never ends/);
  assert.match(whyOf(read([...lines, ...lines])), /begins or ends twice/);
  assert.match(whyOf(report(phase('a', 'never', 'passed'))), /unknown shape/);
});

test('an outcome nobody knows is a failure', () => {
  assert.deepEqual(
    testsOf(report(phase('a', 'setup', 'passed'), phase('a', 'call', 'wonderful'), phase('a', 'teardown', 'passed')))
      .failed,
    ['a'],
  );
});

test('the plugin goes in by the environment, beside the options of the project', () => {
  const paths = {
    reportDir: '/omk/r',
    injectDir: '/omk/inject',
    reporterName: 'omk_1',
    tmp: "/it's tmp",
    analysis: null,
  };
  const { argv, env } = pytest.inject({
    argv: ['make', 'test'],
    env: { PYTEST_ADDOPTS: '-q', PYTHONPATH: 'src' },
    ...paths,
  });
  assert.deepEqual(argv, ['make', 'test']);
  assert.deepEqual(env, {
    PYTEST_ADDOPTS: `-q -p omk_1 --omk-report=/omk/r -o cache_dir='/it'"'"'s tmp/pytest-cache'`,
    PYTHONPATH: '/omk/inject:src',
    PYTHONDONTWRITEBYTECODE: '1',
  });
});

test('ids are those of the repository, wherever pytest has its root', () => {
  const rows = lines.map((line) => line.replace('"root": "/omk/checkout"', '"root": "/omk/checkout/app"'));
  assert.ok(testsOf(read(rows)).passed.includes('app/tests/test_all.py::test_pass'));
});
