import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { exits, gateSpec, measurement, notStarted, shows, type Shown } from '../testing/build.ts';
import { measuredVerdict } from './measured.ts';
import type { Verdict } from './verdict.ts';

const verdict = (shown: Partial<Shown>, reader: 'node-test' | 'exit_only' = 'node-test'): Verdict =>
  measuredVerdict(gateSpec({ reader }), measurement(shown));
const said = (shown: Partial<Shown>, reader?: 'node-test' | 'exit_only'): string => {
  const found = verdict(shown, reader);
  return 'code' in found ? `${found.kind} ${found.code}` : found.kind;
};
const unreadable = (why: 'missing' | 'invalid' | 'several', code: number): Shown => ({
  outcome: { kind: 'exited', code },
  report: { kind: 'unreadable', reader: 'node-test', why, detail: 'why' },
});

suite('what one run shows by itself', () => {
  const CASES: readonly (readonly [string, Partial<Shown>, string, 'exit_only'?])[] = [
    ['tests that passed', shows({ passed: ['a'] }), 'pass'],
    ['tests that passed beside skipped ones', shows({ passed: ['a'], skipped: ['b'] }), 'pass'],
    ['no test', shows({}), 'fail E_NOTHING_RAN'],
    ['skipped tests only', shows({ skipped: ['a'] }), 'fail E_NOTHING_RAN'],
    ['a failed test', shows({ passed: ['a'], failed: ['b'] }), 'fail E_TESTS_FAILED'],
    [
      'a failed test and exit 0',
      shows({ failed: ['b'] }, { outcome: { kind: 'exited', code: 0 } }),
      'not_measured E_REPORT_CONTRADICTS',
    ],
    ['no failed test and exit 1', shows({ passed: ['a'] }, { outcome: { kind: 'exited', code: 1 } }), 'fail E_EXIT'],
    ['no report and exit 0', unreadable('missing', 0), 'not_measured E_NO_REPORT'],
    ['a false report and exit 0', unreadable('invalid', 0), 'not_measured E_REPORT_INVALID'],
    ['two reports and exit 0', unreadable('several', 0), 'not_measured E_REPORT_INVALID'],
    ['no report and exit 3', unreadable('missing', 3), 'fail E_EXIT'],
    ['an exit code where a report is due', exits(0), 'not_measured E_NO_REPORT'],
    ['an exit code where a report is due, red', exits(1), 'not_measured E_NO_REPORT'],
    ['exit 0 of a gate without a reader', exits(0), 'pass', 'exit_only'],
    ['exit 2 of a gate without a reader', exits(2), 'fail E_EXIT', 'exit_only'],
    ['a timeout', { ...shows({ passed: ['a'] }), outcome: { kind: 'timed_out', afterMs: 7 } }, 'fail E_TIMEOUT'],
    ['a signal', { ...shows({ passed: ['a'] }), outcome: { kind: 'signalled', signal: 'SIGBUS' } }, 'fail E_SIGNAL'],
    ['changed files', shows({ passed: ['a'] }, { changed: ['x'] }), 'fail E_TREE_CHANGED'],
    ['changed files of a gate without a reader', { ...exits(0), changed: ['x'] }, 'fail E_TREE_CHANGED', 'exit_only'],
    ['new files', shows({ passed: ['a'] }, { created: ['x'] }), 'pass'],
    ['no tool', notStarted('tool'), 'not_measured E_NOT_STARTED'],
    ['no sandbox', notStarted('sandbox'), 'not_measured E_NOT_STARTED', 'exit_only'],
    ['no dependencies of the base', notStarted('base_dependencies'), 'not_measured E_NOT_STARTED'],
    ['no dependencies of the candidate', notStarted('candidate_dependencies'), 'fail E_CANDIDATE_DEPENDENCIES'],
  ];
  for (const [what, shown, expected, reader] of CASES)
    test(`${what}: ${expected}`, () => assert.equal(said(shown, reader), expected));

  test('says what it saw, and not all of it', () => {
    const detail = (shown: Partial<Shown>): string => {
      const found = verdict(shown);
      return 'detail' in found ? found.detail : '';
    };
    const many = ['a', 'b', 'c', 'd', 'e', 'f'];
    assert.equal(detail(shows({ passed: ['x'], failed: many })), '6 of 7 tests failed: a; b; c; d; e');
    assert.match(detail(shows({ passed: ['x'] }, { changed: many })), /tracked files: a, b, c, d, e$/);
    assert.match(detail({ outcome: { kind: 'timed_out', afterMs: 7 } }), /7 ms/);
    assert.match(detail({ outcome: { kind: 'signalled', signal: 'SIGBUS' } }), /SIGBUS/);
    assert.match(detail(unreadable('missing', 3)), /exit code 3.*why/);
    assert.equal(detail(notStarted('tool')), 'no tool');
  });
});

test('what does not compile or load is told by its first error', () => {
  const tail = 'error[E0425]: cannot find value `y`\n --> src/lib.rs:3:5\n';
  const detail = (shown: Partial<Shown>, reader?: 'exit_only'): string => {
    const found = verdict({ ...shown, tail }, reader);
    return 'detail' in found ? found.detail : '';
  };
  const error = ': error[E0425]: cannot find value `y` (src/lib.rs:3:5)';
  assert.ok(detail(unreadable('missing', 101)).endsWith(error));
  assert.ok(detail(exits(1), 'exit_only').endsWith(error));
  assert.ok(detail(shows({ passed: ['a'], failed: ['b'], broken: ['b'] })).endsWith(error));
  assert.ok(!detail(shows({ passed: ['a'], failed: ['b'] })).includes('E0425'), 'a test that failed has its own words');
});
