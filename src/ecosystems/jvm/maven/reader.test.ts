import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { toBundle } from '../../../world/gates/readers/bundle.ts';
import { maven } from './reader.ts';

const read = (text: string) => maven.read(text, '/omk/checkout');
const suite = (...cases: readonly string[]): string => `<testsuite>${cases.join('')}</testsuite>`;
const report = (files: Readonly<Record<string, string>>) =>
  read(toBundle(Object.entries(files).map(([path, text]) => ({ path, text }))));

test('nested classes, parameters, disabled and aborted tests', () => {
  assert.deepEqual(testsOf(read(fixture('maven.json'))), {
    passed: [
      'com.acme.SumsTest > adds',
      'com.acme.SumsTest > each(int)[1]',
      'com.acme.SumsTest > each(int)[2]',
      'com.acme.SumsTest$Inner > inside',
    ],
    failed: ['com.acme.SumsTest > throwsUp', 'com.acme.SumsTest > wrong'],
    skipped: ['com.acme.SumsTest > assumed', 'com.acme.SumsTest > slow'],
  });
});

test('modules are told apart, and the sums of a run are not tests', () => {
  const one = suite('<testcase classname="a.T(omk_1f)" name="x"/>');
  const files = {
    'core/target/surefire-reports/TEST-a.T-omk_1f.xml': one,
    'target/failsafe-reports/TEST-a.T-omk_1f.xml': one,
    'target/failsafe-reports/failsafe-summary-omk_1f.xml': '<failsafe-summary/>',
  };
  assert.deepEqual(testsOf(report(files)).passed, ['a.T > x', 'core > a.T > x']);
});

test('a class that could not begin is broken, not a test', () => {
  const failed = (name: string, of: string): string => `<testcase classname="${of}" name="${name}"><error/></testcase>`;
  const text = suite(
    failed('', 'a.A'),
    failed('initializationError', 'a.B'),
    failed('a.C', 'a.C'),
    '<testcase classname="a.D" name=""/>',
  );
  assert.deepEqual(testsOf(report({ 'target/x/TEST-a.xml': text })), {
    passed: [],
    failed: [],
    skipped: [],
    broken: ['a.A', 'a.B', 'a.C'],
  });
});

test('one file that cannot be read makes the report unreadable', () => {
  assert.match(
    whyOf(report({ 'target/x/TEST-a.xml': suite(), 'target/x/TEST-b.xml': '<testsuite>' })),
    /^invalid: target\/x\/TEST-b\.xml/,
  );
  assert.match(whyOf(read('<testsuite/>')), /^invalid/);
});

test('Maven is told by its environment, to go on after a failed module, and only when it runs tests', () => {
  const request = { reportDir: '/r', injectDir: '/i', reporterName: 'omk_1', tmp: '/t', analysis: null };
  const { argv, env } = maven.inject({ ...request, argv: ['./mvnw', 'verify'], env: { MAVEN_OPTS: '-Xmx1g' } });
  assert.deepEqual(
    [argv, env['MAVEN_OPTS']],
    [['./mvnw', 'verify', '--fail-at-end'], '-Xmx1g -Dsurefire.reportNameSuffix=omk_1'],
  );
  assert.deepEqual(maven.inject({ ...request, argv: ['make'], env: {} }).argv, ['make']);
  assert.deepEqual(maven.inject({ ...request, argv: ['mvn', '-ff', 'test'], env: {} }).argv, ['mvn', '-ff', 'test']);
  assert.deepEqual(maven.recognise('mvn', ['-q', 'clean', 'verify']), { args: ['-q', 'clean', 'verify'] });
  for (const args of [['compile'], ['verify', '-DskipTests'], ['package', '-Dmaven.test.skip=true']])
    assert.equal(maven.recognise('mvn', args), null);
});
