import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../../world/gates/command/analyse.ts';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { ctest } from './reader.ts';

test('what did not run is no pass, and what programs print is no test', () => {
  assert.deepEqual(testsOf(ctest.read(fixture('ctest.xml'), '/omk/checkout')), {
    passed: ['sums adds', 'will_fail'],
    failed: ['sums crashes', 'sums wrong'],
    skipped: ['disabled', 'missing', 'sums skips'],
  });
  assert.match(whyOf(ctest.read('<testsuite><testcase/></testsuite>', '/omk/checkout')), /without a name/);
});

test('it is asked for at the end of a text for a shell, where nothing follows it', () => {
  const inject = (text: string) => {
    const argv = ['sh', '-c', text] as const;
    const analysis = analyse(argv, { scripts: {} });
    return analysis?.append === 'shell'
      ? ctest.inject({ argv, env: {}, reportDir: "/it's", injectDir: '/i', reporterName: 'omk_1', tmp: '/t', analysis })
          .argv[2]
      : null;
  };
  assert.equal(
    inject('cmake -B b && cmake --build b && ctest --test-dir b'),
    `cmake -B b && cmake --build b && ctest --test-dir b --output-junit '/it'\\''s/ctest.xml'`,
  );
  for (const text of [
    'ctest || true',
    'ctest; echo',
    'ctest > log',
    '(cd b && ctest)',
    'ctest &',
    'ctest # all',
    '{ ctest; }',
    'ctest -N',
  ])
    assert.equal(inject(text), null, text);
});
