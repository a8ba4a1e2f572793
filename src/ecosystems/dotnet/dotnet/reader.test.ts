import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { toBundle } from '../../../world/gates/readers/bundle.ts';
import { dotnet } from './reader.ts';

const read = (text: string) => dotnet.read(text, '/omk/checkout');

test('results of several projects under the classes that define them; an outcome that is no pass is a failure', () => {
  assert.deepEqual(testsOf(read(fixture('dotnet.json'))), {
    passed: ['Acme.Other.MoreTests > Named by hand', 'Acme.SumsTests > Adds', 'Acme.SumsTests > Each(value: 1)'],
    failed: ['Acme.Other.MoreTests > TooLong', 'Acme.SumsTests > Wrong'],
    skipped: ['Acme.SumsTests > Slow'],
  });
});

test('a result of a test that is not defined, or another document, is refused', () => {
  const file = (text: string) => read(toBundle([{ path: 'a.trx', text }]));
  assert.match(
    whyOf(file('<TestRun><Results><UnitTestResult testId="1" testName="a" outcome="Passed"/></Results></TestRun>')),
    /does not define/,
  );
  assert.match(whyOf(file('<testsuite/>')), /no TRX file/);
  assert.match(whyOf(read('no bundle')), /^invalid/);
});

test('it is asked to write one file for each project', () => {
  const { argv } = dotnet.inject({
    argv: ['dotnet', 'test'],
    env: {},
    reportDir: '/r',
    injectDir: '/i',
    reporterName: 'omk_1',
    tmp: '/t',
    analysis: null,
  });
  assert.deepEqual(argv, ['dotnet', 'test', '--logger', 'trx;LogFilePrefix=omk', '--results-directory', '/r']);
});
