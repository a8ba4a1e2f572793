import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { goTest } from './reader.ts';

const read = (...events: object[]) =>
  goTest.read(events.map((event) => JSON.stringify(event)).join('\n'), '/omk/checkout');
const pkg = (Action: string) => ({ Action, Package: 'm' });
const one = (Action: string, Test = 'TestA') => ({ Action, Package: 'm', Test });
const inject = (argv: [string, ...string[]]): readonly string[] =>
  goTest.inject({
    argv,
    env: {},
    analysis: null,
    reportDir: '/omk/r',
    injectDir: '/omk/i',
    reporterName: 'omk_1',
    tmp: '/tmp',
  }).argv;

test('tests and subtests count, packages do not; a package that cannot be built has no tests', () => {
  const m = 'example.com/m';
  assert.deepEqual(testsOf(goTest.read(fixture('go-test.jsonl'), '/omk/checkout')), {
    passed: [
      `${m}/Example`,
      `${m}/TestParallel`,
      `${m}/TestParallel/a`,
      `${m}/TestParallel/b`,
      `${m}/TestPass`,
      `${m}/TestPass/sub_one`,
    ],
    failed: [`${m}/TestFail`, `${m}/sub/TestPanics`],
    skipped: [`${m}/TestSkip`],
    broken: [`${m}/broken`],
  });
});

test('a package that leaves before its tests has none', () => {
  assert.deepEqual(testsOf(read(pkg('start'), pkg('pass'))), { passed: [], failed: [], skipped: [] });
});

test('a test that was running when its package failed is failed', () => {
  assert.deepEqual(testsOf(read(pkg('start'), one('run'), pkg('fail'))).failed, ['m/TestA']);
});

test('the same test again (-count) is another test', () => {
  const round = [one('run'), one('pass')];
  assert.deepEqual(testsOf(read(pkg('start'), ...round, ...round, pkg('pass'))).passed, ['m/TestA', 'm/TestA #2']);
});

const said = (Test: string, Output: string) => ({ Action: 'output', Package: 'm', Test, Output });
const bench = (name: string) => [one('run', name), said(name, `=== RUN   ${name}\n`), said(name, `${name}\n`)];

test('a benchmark has no event where it went well', () => {
  const measured = said('BenchmarkA', '      10\t         5.1 ns/op\n');
  const events = [pkg('start'), one('run'), one('pass'), ...bench('BenchmarkA'), measured];
  assert.deepEqual(testsOf(read(...events, pkg('pass'))).passed, ['m/BenchmarkA', 'm/TestA']);
  const group = [
    ...bench('BenchmarkB'),
    ...bench('BenchmarkB/one'),
    ...bench('BenchmarkC'),
    one('bench', 'BenchmarkC'),
  ];
  const skips = [...bench('BenchmarkD'), one('skip', 'BenchmarkD')];
  const bad = [...bench('BenchmarkE'), one('fail', 'BenchmarkE')];
  assert.deepEqual(
    testsOf(read(...events, ...group, ...skips, ...bad, ...bench('BenchmarkF'), measured, pkg('fail'))),
    {
      passed: ['m/BenchmarkA', 'm/BenchmarkB', 'm/BenchmarkB/one', 'm/BenchmarkC', 'm/TestA'],
      failed: ['m/BenchmarkE', 'm/BenchmarkF'],
      skipped: ['m/BenchmarkD'],
    },
  );
});

test('events of newer versions of Go are known: attributes, artifacts, and what the build says', () => {
  const more = [one('attr'), one('artifacts')];
  const build = { ImportPath: 'x [x.test]', Action: 'build-output', Output: 'x' };
  const broken = { Action: 'fail', Package: 'x', FailedBuild: 'x [x.test]' };
  const events = [build, { ...build, Action: 'build-fail' }, { Action: 'start', Package: 'x' }, broken];
  assert.deepEqual(testsOf(read(...events, pkg('start'), one('run'), ...more, one('pass'), pkg('pass'))), {
    passed: ['m/TestA'],
    failed: [],
    skipped: [],
    broken: ['x'],
  });
});

test('a report that contradicts itself or breaks off is invalid', () => {
  assert.match(whyOf(read(pkg('start'), one('run'), pkg('pass'))), /never ends, but its package did not fail/);
  assert.match(whyOf(read(pkg('start'), one('run'), one('pass'))), /^invalid: package "m" starts and never ends/);
  assert.match(whyOf(read(pkg('start'), one('pass'), pkg('pass'))), /ends without having started/);
  assert.match(whyOf(read(pkg('start'), one('run'), one('run'), pkg('pass'))), /starts twice/);
  assert.match(whyOf(goTest.read('{"Action"', '/omk/checkout')), /^invalid: /);
});

test('output without events is no report', () => {
  assert.match(whyOf(goTest.read('ok m 0.1s\n', '/omk/checkout')), /^missing: /);
});

test('the option goes in after go test, and remembered results do not count', () => {
  assert.deepEqual(inject(['go', 'test', './...']), ['go', 'test', '-json', '-count=1', './...']);
  assert.deepEqual(inject(['go', 'test', '-count=2', './...']), ['go', 'test', '-json', '-count=2', './...']);
  assert.deepEqual(inject(['go', 'test', '-json']), ['go', 'test', '-json']);
  assert.deepEqual(inject(['make', 'check']), ['make', 'check']);
});

test('people see the output, not the events', () => {
  assert.equal(goTest.human?.('{"Action":"output","Output":"--- FAIL: TestA\\n"}'), '--- FAIL: TestA');
  assert.equal(goTest.human?.('{"Action":"start","Package":"m"}'), null);
  assert.equal(goTest.human?.('plain'), 'plain');
});
