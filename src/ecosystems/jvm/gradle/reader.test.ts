import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { gradle } from './reader.ts';

const REPORT = fixture('gradle.jsonl');
const lines = REPORT.trimEnd().split('\n');
const read = (rows: readonly string[]) => gradle.read(`${rows.join('\n')}\n`, '/omk/checkout');

test('tests of a task', () => {
  assert.deepEqual(testsOf(read(lines)), {
    passed: ['com.acme.SumsTest > adds'],
    failed: ['com.acme.SumsTest > wrong'],
    skipped: ['com.acme.SumsTest > slow'],
  });
});

test('tests of other tasks are told apart, and a class that could not begin is broken', () => {
  const other = lines.map((line) =>
    line
      .replaceAll('":test"', '":core:integrationTest"')
      .replaceAll('"wrong"', '"initializationError"')
      .replaceAll('"adds"', '"adds()"'),
  );
  const { passed, broken } = testsOf(read(other));
  assert.deepEqual(
    [passed, broken],
    [['core:integrationTest > com.acme.SumsTest > adds'], ['core:integrationTest > com.acme.SumsTest']],
  );
});

test('what breaks off is refused: the report, a task, a test', () => {
  assert.match(whyOf(read(lines.slice(0, -1))), /breaks off/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"stop"')))), /never ends/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"SUCCESS"')))), /never ends/);
  assert.match(whyOf(read(lines.filter((line) => !line.includes('"run"')))), /without having started/);
  assert.match(whyOf(read(lines.map((line) => line.replace('SUCCESS', 'FINE')))), /^invalid/);
});

test('an init script is given, and what remembers results is not used', () => {
  const request = { reportDir: '/r', injectDir: '/i', reporterName: 'omk_1', tmp: '/t', analysis: null, env: {} };
  assert.deepEqual(gradle.inject({ ...request, argv: ['./gradlew', 'check'], network: false }), {
    argv: ['./gradlew', 'check', '--init-script', '/i/omk_1.gradle', '--no-daemon', '--continue', '--offline'],
    env: { OMK_GRADLE_REPORT: '/r' },
  });
  assert.deepEqual(gradle.recognise('gradlew', [':core:test']), { args: [':core:test'] });
  assert.equal(gradle.recognise('gradle', ['assemble']), null);
  assert.equal(gradle.recognise('gradle', ['build', '-x', 'test']), null);
});
