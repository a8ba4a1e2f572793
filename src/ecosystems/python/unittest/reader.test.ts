import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { unittest } from './reader.ts';

const REPORT = fixture('unittest.jsonl');
const lines = REPORT.trimEnd().split('\n');
const read = (rows: readonly string[]) => unittest.read(`${rows.join('\n')}\n`, '/omk/checkout');
const at = (name: string): string => `tests/test_sums.py::SumsTest::${name}`;

test('one outcome a test: a failed part fails it, skipped and expected to fail is no pass', () => {
  assert.deepEqual(testsOf(read(lines)), {
    passed: [at('test_adds'), at('test_whole_parts')],
    failed: [at('test_parts'), at('test_raises'), at('test_unexpected'), at('test_wrong')],
    skipped: ['tests/test_sums.py::SkippedTest::test_one', at('test_expected'), at('test_skipped')],
    broken: ['tests/test_broken.py', 'tests/test_sums.py'],
  });
});

test('a report that breaks off, or has a test that breaks off, is refused', () => {
  assert.match(whyOf(read(lines.slice(0, -2))), /breaks off/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"stop"')))), /^invalid/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"start"')))), /^invalid/);
  assert.match(whyOf(read([...lines.slice(0, -1), ...lines])), /begins or ends twice/);
  assert.match(whyOf(read([])), /^invalid/);
});

test('the reporter is started in the place of the module it reports on', () => {
  const request = {
    reportDir: '/r',
    injectDir: '/i',
    reporterName: 'omk_1',
    tmp: '/t',
    analysis: null,
    env: { PYTHONPATH: 'src' },
  };
  const { argv, env } = unittest.inject({
    ...request,
    argv: ['uv', 'run', 'python', '-m', 'unittest', 'discover', '-s', 'unittest'],
  });
  assert.deepEqual(argv, ['uv', 'run', 'python', '-m', 'omk_1', 'discover', '-s', 'unittest']);
  assert.deepEqual([env['OMK_UNITTEST_REPORT'], env['PYTHONPATH']], ['/r', '/i:src']);
});

test('it is known by its module', () => {
  assert.deepEqual(unittest.recognise('python3', ['-m', 'unittest', '-v']), { args: ['-v'] });
  assert.deepEqual(unittest.recognise('python3.12', ['-W', 'error', '-m', 'unittest']), null);
  assert.deepEqual(unittest.recognise('-m', ['unittest']), { args: [] });
  assert.deepEqual(unittest.recognise('python3', ['-m', 'django', 'test', '-v']), { args: ['-v'] });
  assert.deepEqual(unittest.recognise('django-admin', ['test', '-v']), { args: ['-v'] });
  assert.equal(unittest.recognise('python3', ['-m', 'django', 'migrate']), null);
  assert.equal(unittest.recognise('python3', ['-m', 'pytest']), null);
  assert.equal(unittest.recognise('python3', ['run.py', '-m', 'unittest']), null);
});

test('manage.py of Django is started by the reporter, with a test runner of its own', () => {
  const started = (...argv: [string, ...string[]]): readonly string[] =>
    unittest.inject({
      argv,
      env: {},
      reportDir: '/r',
      injectDir: '/i',
      reporterName: 'omk_1',
      tmp: '/tmp',
      analysis: null,
    }).argv;
  const runner = '--testrunner=omk_1.DjangoRunner';
  assert.deepEqual(started('python3', 'manage.py', 'test', 'a'), [
    'python3',
    '-m',
    'omk_1',
    'manage.py',
    'test',
    'a',
    runner,
  ]);
  assert.deepEqual(started('./manage.py', 'test'), ['python3', '-m', 'omk_1', './manage.py', 'test', runner]);
  assert.deepEqual(started('coverage', 'run', 'a/manage.py', 'test'), [
    'coverage', 'run', '-m', 'omk_1', 'a/manage.py', 'test', runner,
  ]); // prettier-ignore
  const settings = '--settings=tests.settings';
  assert.deepEqual(started('coverage', 'run', '-m', 'django', 'test', settings), [
    'coverage', 'run', '-m', 'omk_1', 'django', 'test', settings, runner,
  ]); // prettier-ignore
  assert.deepEqual(started('django-admin', 'test', settings), [
    'python3', '-m', 'omk_1', 'django-admin', 'test', settings, runner,
  ]); // prettier-ignore
});
