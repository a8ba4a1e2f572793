import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestOutcomes } from '../../../domain/gates/evidence.ts';
import { fixture, testsOf, whyOf } from '../testing/fixture.ts';
import { ava } from '../../../ecosystems/javascript/ava/reader.ts';
import { jest } from '../../../ecosystems/javascript/jest/reader.ts';
import { mocha } from '../../../ecosystems/javascript/mocha/reader.ts';
import { playwright } from '../../../ecosystems/javascript/playwright/reader.ts';
import type { Reader } from './port.ts';

const ROOT = '/omk/checkout';

/** What each runner wrote about tests that pass, fail, are skipped, planned, known to fail, or never start. */
const REPORTS: readonly (readonly [Reader, string, TestOutcomes])[] = [
  [
    jest,
    'jest.jsonl',
    {
      passed: [
        'test/a.test.js > S > async',
        'test/a.test.js > S > inner > each 1',
        'test/a.test.js > S > inner > each 2',
        'test/a.test.js > adds',
        'test/a.test.js > adds #2',
        'test/parallel.test.js > one',
        'test/parallel.test.js > two',
      ],
      failed: ['test/a.test.js > bad', 'test/hook.test.js > needs it'],
      skipped: ['test/a.test.js > known', 'test/a.test.js > later', 'test/a.test.js > skipped'],
      broken: ['test/broken.test.js', 'test/empty.test.js'],
    },
  ],
  [
    jest,
    'jest-projects.jsonl',
    { passed: ['one.test.js > [a] > in both', 'one.test.js > [b] > in both'], failed: [], skipped: [] },
  ],
  ...['mocha.jsonl', 'mocha-workers.jsonl'].map((file): [Reader, string, TestOutcomes] => [
    mocha,
    file,
    {
      passed: [
        'test/a.test.js > S > async',
        'test/a.test.js > S > done',
        'test/a.test.js > S > inner > each 1',
        'test/a.test.js > S > inner > each 2',
        'test/a.test.js > adds',
        'test/a.test.js > adds #2',
        'test/parallel.test.js > one',
        'test/parallel.test.js > p > second try',
      ],
      failed: ['test/a.test.js > bad'],
      skipped: ['test/a.test.js > later', 'test/a.test.js > skipped', 'test/a.test.js > skips itself'],
      broken: ['test/hook.test.js'],
    },
  ]),
  [
    ava,
    'ava.jsonl',
    {
      passed: ['test/a.js > adds', 'test/a.js > async'],
      failed: ['test/a.js > bad', 'test/a.js > nothing'],
      skipped: ['test/a.js > known', 'test/a.js > later', 'test/a.js > skipped'],
      broken: ['test/broken.js', 'test/empty.js', 'test/exits.js', 'test/hook.js'],
    },
  ],
  [
    playwright,
    'playwright.jsonl',
    {
      passed: ['tests/a.spec.ts > [one] > S > async', 'tests/a.spec.ts > [one] > adds'],
      failed: ['tests/a.spec.ts > [one] > bad'],
      skipped: [
        'tests/a.spec.ts > [one] > known',
        'tests/a.spec.ts > [one] > later',
        'tests/a.spec.ts > [one] > skipped',
      ],
    },
  ],
  [playwright, 'playwright-broken.jsonl', { passed: [], failed: [], skipped: [], broken: ['tests/broken.spec.ts'] }],
];

for (const [reader, file, tests] of REPORTS)
  test(`${file}: its tests, by file and full title; files that failed as a whole are not tests`, () => {
    assert.deepEqual(testsOf(reader.read(fixture(file), ROOT)), tests);
  });

const lines = fixture('jest.jsonl').trimEnd().split('\n');
const read = (rows: readonly string[]) => jest.read(`${rows.join('\n')}\n`, ROOT);

test('a report that breaks off is invalid, wherever', () => {
  for (let length = 0; length < lines.length; length++) assert.match(whyOf(read(lines.slice(0, length))), /^invalid: /);
});

test('a report of another runner, of two runs, or with an outcome nobody knows is invalid', () => {
  assert.match(whyOf(mocha.read(fixture('jest.jsonl'), ROOT)), /does not begin as one of mocha/);
  assert.match(whyOf(read([...lines, ...lines])), /begins or ends twice/);
  assert.match(
    whyOf(
      read([
        ...lines.slice(0, 1),
        '{"event":"test","file":"a","titles":["b"],"outcome":"splendid"}',
        ...lines.slice(-2),
      ]),
    ),
    /unknown shape/,
  );
  assert.match(whyOf(read([...lines.slice(0, 1), 'x', ...lines.slice(-2)])), /not JSON/);
});

test('a run without tests has none', () => {
  assert.deepEqual(testsOf(read([...lines.slice(0, 1), ...lines.slice(-2)])), { passed: [], failed: [], skipped: [] });
});
