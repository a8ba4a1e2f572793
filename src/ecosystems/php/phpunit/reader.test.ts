import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { phpunit } from './reader.ts';

const at = (name: string): string => `tests/SumsTest.php::Acme\\SumsTest::${name}`;

test('data sets are tests, and what is skipped or not complete is no pass', () => {
  assert.deepEqual(testsOf(phpunit.read(fixture('phpunit.xml'), '/omk/checkout')), {
    passed: [at('testAdds'), at('testEach with data set "one"'), at('testEach with data set #0')],
    failed: [at('testThrows'), at('testWrong')],
    skipped: [at('testIncomplete'), at('testSkipped')],
  });
});

test('a log that was written twice is refused', () => {
  const report = fixture('phpunit.xml');
  assert.match(whyOf(phpunit.read(report + report, '/omk/checkout')), /^invalid/);
  assert.match(whyOf(phpunit.read('', '/omk/checkout')), /^invalid/);
});

test('PHP is told by its settings what to load first, and PHPUnit where to write', () => {
  const { argv, env } = phpunit.inject({
    argv: ['vendor/bin/phpunit'],
    env: {},
    reportDir: '/r',
    injectDir: '/i',
    reporterName: 'omk_1',
    tmp: '/t',
    analysis: null,
  });
  assert.deepEqual(argv, ['vendor/bin/phpunit', '--do-not-cache-result', '--log-junit', 'omk-1://omk/report']);
  assert.deepEqual(env, { OMK_PHPUNIT_REPORT: '/r', OMK_PHPUNIT_FIRST: '/i/omk_1.php', PHP_INI_SCAN_DIR: ':/i' });
  assert.deepEqual(phpunit.recognise('php', ['-d', 'memory_limit=-1', 'vendor/bin/phpunit', '-v']), { args: ['-v'] });
  assert.equal(phpunit.recognise('phpunit', ['--list-tests']), null);
});
