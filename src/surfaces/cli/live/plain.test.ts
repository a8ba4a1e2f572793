import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import { plainLine } from './plain.ts';

const blob = { sha256: '0'.repeat(64), bytes: 0, truncated: false };
const measurement: Measurement = {
  gate: 'test',
  purpose: 'baseline',
  round: 2,
  tree: 'abcdef0123456789',
  canary: null,
  outcome: { kind: 'exited', code: 1 },
  report: { kind: 'tests', reader: 'node-test', tests: { passed: ['a', 'b'], failed: ['c'], skipped: [] }, blob },
  changed: [],
  created: [],
  stdout: blob,
  stderr: blob,
  tail: '',
  argv: ['node', '--test'],
  envNames: [],
  tools: {},
  sandbox: { kind: 'none', why: 'a test' },
  layer: null,
  startedAt: '2026-01-31T12:00:00.000Z',
  durationMs: 420,
};

test('a measurement says what was seen, not what it means', () => {
  assert.equal(
    plainLine({ type: 'gate.measured', data: measurement }),
    'gate test (baseline 2) on abcdef012345: exit 1, 2 passed, 1 failed, in 0.4s',
  );
  assert.equal(
    plainLine({
      type: 'gate.measured',
      data: {
        ...measurement,
        purpose: 'contract',
        outcome: { kind: 'timed_out', afterMs: 72_000 },
        report: { kind: 'unreadable', reader: 'node-test', why: 'missing', detail: '' },
      },
    }),
    'gate test (contract, again) on abcdef012345: timed out after 1m 12s, report missing, in 0.4s',
  );
});

test('a turn says how it ended', () => {
  const ended = {
    attempt: 1,
    turn: 2,
    session: null,
    stream: null,
    stderr: null,
    sandbox: { kind: 'none', why: 'a test' } as const,
    claimedUsage: {},
    permissions: [],
    durationMs: 3_200,
  };
  assert.equal(
    plainLine({ type: 'turn.ended', data: { ...ended, outcome: { kind: 'completed', stopReason: 'end_turn' } } }),
    'attempt 1, turn 2: ended (end_turn) after 3.2s',
  );
  assert.equal(
    plainLine({
      type: 'turn.ended',
      data: { ...ended, outcome: { kind: 'failed', reason: 'idle_timeout', detail: 'silent\nfor \u001b[1m60 s' } },
    }),
    'attempt 1, turn 2: failed (idle timeout): silent for 60 s after 3.2s',
  );
});

test('the end names what is missing', () => {
  assert.equal(
    plainLine({
      type: 'goal.ended',
      data: {
        status: 'not_ready',
        gaps: [
          { kind: 'blocking', code: 'G_GATE_FAILED', subject: 'test', text: '', fix: '' },
          { kind: 'known', code: 'K_EXIT_ONLY', subject: 'lint', text: '' },
        ],
        failure: null,
      },
    }),
    'ended: not_ready, missing: G_GATE_FAILED',
  );
  assert.equal(plainLine({ type: 'goal.ended', data: { status: 'ready', gaps: [], failure: null } }), 'ended: ready');
});

test('long lists are counted and hostile names stay on their line', () => {
  const paths = ['a\nb', '\u001b[2Jc', 'd', 'e', 'f', 'g', 'h'];
  const examined = (named: readonly string[], asks?: readonly string[]): string =>
    plainLine({
      type: 'candidate.examined',
      data: {
        candidate: 'abcdef0123456789',
        changes: [{ path: 'x', change: 'modified', oldMode: '100644', newMode: '100644' }],
        contract: { tree: 'abcdef0123456789', recipe: { kind: 'as_is' } },
        contractChanges: named.map((path) => ({ path, change: 'edited' })),
        ...(asks ? { asks } : {}),
        extended: [],
        policyPaths: [],
        patch: blob,
      },
    });
  assert.equal(
    examined(paths),
    'tree abcdef012345: 1 file changed; tests or runner changed: a b, c, d, e, f and 2 more',
  );
  const told = examined(['a.test.js', 'b.js'], ['a.test.js']);
  assert.match(told, /; tests or runner changed: a\.test\.js; not shown to be the product: b\.js$/);
});
