import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../../world/gates/command/analyse.ts';
import type { Analysis } from '../../../world/gates/command/analysis.ts';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { vitest } from './reader.ts';

const ROOT = '/omk/checkout';

test('names carry the file and the suites around them; a file that cannot be loaded is not a test', () => {
  assert.deepEqual(testsOf(vitest.read(fixture('vitest.json'), ROOT)), {
    passed: ['src/a.test.ts > S > in', 'src/a.test.ts > adds'],
    failed: ['src/a.test.ts > bad'],
    skipped: ['src/a.test.ts > S > sk', 'src/a.test.ts > S > td'],
    broken: ['broken.test.js'],
  });
});

test('counts come from the tests, not from the totals', () => {
  const text = fixture('vitest.json')
    .replace(/"num(\w+)":\d+/g, '"num$1":99')
    .replace('"success":false', '"success":true');
  assert.equal(testsOf(vitest.read(text, ROOT)).failed.length, 1);
});

test('what is not such a report is invalid', () => {
  const file = (status: string): string =>
    JSON.stringify({
      testResults: [{ name: 'a', status: 'passed', assertionResults: [{ ancestorTitles: [], title: 't', status }] }],
    });
  assert.equal(whyOf(vitest.read(file('passed'), ROOT)), 'tests');
  assert.match(whyOf(vitest.read(file('splendid'), ROOT)), /^invalid: "t" has the unknown status "splendid"/);
  for (const text of ['', '{', '[]', '{}', 'null', '{"testResults":[{}]}', fixture('vitest.json').slice(0, -2)])
    assert.match(whyOf(vitest.read(text, ROOT)), /^invalid: /);
});

test('the reporter goes in by arguments', () => {
  const inject = (argv: [string, ...string[]], append: Analysis['append']): readonly string[] => {
    const analysis: Analysis = { runner: { reader: 'vitest', args: [], sets: [] }, runs: 1, append, beside: [] };
    return vitest.inject({
      argv,
      env: {},
      analysis,
      reportDir: '/omk/r',
      injectDir: '/omk/i',
      reporterName: 'omk_1',
      tmp: '/tmp',
    }).argv;
  };
  const ours = ['--reporter=default', '--reporter=json', '--outputFile.json=/omk/r/omk_1.json', '--bail=0'];
  assert.deepEqual(inject(['npx', 'vitest', 'run'], 'direct'), ['npx', 'vitest', 'run', ...ours]);
  assert.deepEqual(inject(['npm', 'test'], 'divided'), ['npm', 'test', '--', ...ours]);
  assert.deepEqual(inject(['npm', 'test', '--', 'src'], 'divided'), ['npm', 'test', '--', 'src', ...ours]);
  assert.deepEqual(inject(['pnpm', 'test'], 'script'), ['pnpm', 'test', ...ours]);
});

test('behind a tool that takes no arguments of it, each start has a report of its own', () => {
  const scripts = { test: 'ts-scripts test', all: 'ts-scripts test && npm run size', size: 'size-limit' };
  for (const argv of [['npm', 'test'] as const, ['npm', 'run', 'all'] as const]) {
    const analysis = analyse(argv, { scripts });
    assert.deepEqual([analysis?.runner.reader, analysis?.append], ['vitest', 'no']);
    const request = {
      argv: [...argv] as [string, ...string[]],
      env: {},
      analysis,
      reportDir: '/omk/r',
      injectDir: '/omk/i',
    };
    const told = vitest.inject({ ...request, reporterName: 'omk_1', tmp: '/tmp' });
    assert.deepEqual(told.argv, argv);
    assert.match(told.env['OMK_ARGUMENTS'] ?? '', /--outputFile\.json=\/omk\/r\/omk_1-\{run\}\.json/);
  }
  for (const line of ['ts-scripts build', 'ts-scripts specs --watch'])
    assert.equal(analyse(line.split(' '), { scripts }), null, line);
});
