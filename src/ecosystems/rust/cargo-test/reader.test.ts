import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixture, testsOf, whyOf } from '../../../world/gates/testing/fixture.ts';
import { cargoTest } from './reader.ts';

const REPORT = fixture('cargo-test.jsonl');
const read = (text: string) => cargoTest.read(text, '/omk/checkout');
const program = '{"omk":"program","package":"a","program":"a-0123456789abcdef"}';
const suite = (count: number, ...rest: readonly string[]): string =>
  [program, `{"type":"suite","event":"started","test_count":${count}}`, ...rest].join('\n');
const started = (name: string): string => `{"type":"test","event":"started","name":"${name}"}`;
const ended = (name: string, event: string): string => `{"type":"test","event":"${event}","name":"${name}"}`;
const end = (passed: number, failed: number, ignored: number): string =>
  `{"type":"suite","event":"ok","passed":${passed},"failed":${failed},"ignored":${ignored}}`;

test('tests of several programs and of documentation, without the lines that documentation stands in', () => {
  assert.deepEqual(testsOf(read(REPORT)), {
    passed: [
      'sums/doc::src/lib.rs - add',
      'sums/doc::src/lib.rs - add #2',
      'sums/doc::src/lib.rs - add #3',
      'sums/doc::src/lib.rs - add #4',
      'sums/outer::outer',
      'sums::tests::adds',
      'sums::tests::in_main',
      'sums::tests::panics',
    ],
    failed: ['sums::tests::wrong'],
    skipped: ['sums/doc::src/lib.rs - add #5', 'sums::tests::slow'],
  });
});

test('a program that ends in the middle: the test that was running is at fault', () => {
  const { passed, failed } = testsOf(read(suite(3, started('x'), ended('x', 'ok'), started('y'))));
  assert.deepEqual({ passed, failed }, { passed: ['a::x'], failed: ['a::y'] });
  assert.match(whyOf(read(suite(2, started('x'), ended('x', 'ok')))), /break off/);
});

test('a benchmark that was run as such has figures and no end', () => {
  const figures = '{"type":"bench","name":"b","median":10,"deviation":2}';
  const over = '{"type":"suite","event":"ok","passed":1,"failed":0,"ignored":0,"measured":1}';
  const run = suite(2, started('x'), ended('x', 'ok'), started('b'), figures, over);
  assert.deepEqual(testsOf(read(run)).passed, ['a::b', 'a::x']);
  assert.match(whyOf(read(suite(1, figures, over))), /without having started/);
});

test('what libtest would not have written is refused', () => {
  const whole = suite(1, started('x'), ended('x', 'ok'), end(1, 0, 0));
  assert.deepEqual(testsOf(read(whole)).passed, ['a::x']);
  const forged = {
    'an end without a start': suite(1, ended('x', 'ok')),
    'a second end': suite(1, started('x'), ended('x', 'ok'), ended('x', 'failed')),
    'a second start': suite(1, started('x'), started('x')),
    'more tests than there are': suite(1, started('x'), ended('x', 'ok'), started('y'), ended('y', 'ok'), end(2, 0, 0)),
    'a count that is not the tests': suite(1, started('x'), ended('x', 'ok'), end(0, 1, 0)),
    'a failed test that is counted as passed': suite(1, started('x'), ended('x', 'failed'), end(1, 0, 0)),
    'a program in a program': suite(1, started('x'), '{"type":"suite","event":"started","test_count":1}'),
    'tests of no program': [started('x'), ended('x', 'ok')].join('\n'),
    'a second end of a program': `${whole}\n${end(1, 0, 0)}`,
  };
  for (const [what, text] of Object.entries(forged)) assert.match(whyOf(read(text)), /^invalid/, what);
});

test('what tests print past the capture is no event', () => {
  const loud = suite(
    1,
    started('x'),
    'progress 1',
    '{"some":"json"}',
    '{ broken',
    'test y ... ok',
    ended('x', 'ok'),
    end(1, 0, 0),
  );
  assert.deepEqual(testsOf(read(loud)), { passed: ['a::x'], failed: [], skipped: [] });
});

test('code that does not compile starts no program', () => {
  assert.match(whyOf(read('')), /^missing/);
});

test('people see what libtest says', () => {
  assert.equal(cargoTest.human?.(ended('x', 'ok')), 'test x ... ok');
  assert.equal(cargoTest.human?.(started('x')), null);
  assert.equal(cargoTest.human?.('error: could not compile'), 'error: could not compile');
  assert.equal(cargoTest.human?.('{ not json'), '{ not json');
});

test('cargo is told by its environment, and to go on after a failed program', () => {
  const request = { reportDir: '/r', injectDir: '/i', reporterName: 'omk_1', tmp: '/t', analysis: null };
  const { argv, env } = cargoTest.inject({
    ...request,
    argv: ['cargo', '+stable', 'test', '--', '--test-threads=1'],
    env: { RUSTDOC: 'own' },
  });
  assert.deepEqual(argv, ['cargo', '+stable', 'test', '--no-fail-fast', '--', '--test-threads=1']);
  assert.equal(env['CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER'], '/i/omk_1');
  assert.deepEqual([env['RUSTDOC'], env['OMK_RUSTDOC']], ['/i/omk_1', 'own']);
  assert.deepEqual(cargoTest.inject({ ...request, argv: ['make', 'test'], env: {} }).argv, ['make', 'test']);
});
