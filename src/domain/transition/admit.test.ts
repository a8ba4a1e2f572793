import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  BLOB,
  checkGate,
  COMPLETED,
  created,
  examinedOf,
  FIX,
  gateSpec,
  measurement,
  policyOf,
  snapshotOf,
  tree,
  turnEnded,
} from '../testing/build.ts';
import { admits } from './admit.ts';
import type { GoalEvent } from '../goal/event.ts';
import { fold } from './evolve.ts';
import { mayMove, TERMINAL_STATUSES, type Status } from '../status.ts';

const CREATED: GoalEvent = { type: 'goal.created', data: created() };
const attempt = (n: number): GoalEvent => ({
  type: 'attempt.started',
  data: { attempt: n, task: 't1', worktree: '/w' },
});
const attemptEnds = (n: number): GoalEvent => ({ type: 'attempt.ended', data: { attempt: n, why: 'no_progress' } });
const turn = (n: number, t: number): GoalEvent => ({
  type: 'turn.started',
  data: { attempt: n, turn: t, prompt: BLOB },
});
const session = (n: number, t: number): GoalEvent => ({
  type: 'session.opened',
  data: { attempt: n, turn: t, session: 's' },
});
const turnEnds = (n: number, t: number): GoalEvent => ({ type: 'turn.ended', data: turnEnded(n, t, COMPLETED) });
const snapshot = (n: number, t: number): GoalEvent => ({
  type: 'snapshot.taken',
  data: { attempt: n, turn: t, snapshot: snapshotOf(FIX) },
});
const asked = (id: string): GoalEvent => ({
  type: 'question.asked',
  data: { question: { id, code: 'no_criterion', subject: 'goal', text: 'x' } },
});
const answered = (id: string): GoalEvent => ({
  type: 'question.answered',
  data: { question: id, answer: { kind: 'accept' } },
});
const integrated = (id: string): GoalEvent => ({
  type: 'goal.integrated',
  data: { tree: id, commit: 'd'.repeat(40), ref: 'r' },
});
const onChecks: GoalEvent = {
  type: 'goal.integrated',
  data: { tree: FIX, commit: 'd'.repeat(40), ref: 'r', checks: 'e'.repeat(40) },
};
const examined: GoalEvent = { type: 'candidate.examined', data: examinedOf(FIX) };
const facts = (of: string): GoalEvent => ({ type: 'facts.read', data: { tree: of, holds: [true] } });
const policy: GoalEvent = { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } };
const checks: GoalEvent = { type: 'checks.added', data: { gates: [checkGate()] } };
const paused: GoalEvent = { type: 'goal.paused', data: { why: 'x' } };
const resumed: GoalEvent = { type: 'goal.resumed', data: { why: 'x' } };
const cancelled: GoalEvent = { type: 'goal.cancelled', data: { why: 'x' } };
const ended = (status: 'not_ready' | 'blocked_on_human' | 'ready'): GoalEvent => ({
  type: 'goal.ended',
  data: { status, gaps: [], failure: null },
});

/** What may follow, and what may not, after some events. */
const TABLE: readonly (readonly [string, readonly GoalEvent[], readonly GoalEvent[], readonly GoalEvent[]])[] = [
  [
    'a new goal',
    [],
    [policy, attempt(1), asked('q'), examined, integrated(FIX), paused, cancelled, ended('not_ready'), checks],
    [
      CREATED,
      resumed,
      attempt(0),
      attempt(2),
      turn(1, 1),
      session(1, 1),
      turnEnds(1, 1),
      snapshot(1, 1),
      attemptEnds(1),
      answered('q'),
      ended('ready'),
    ],
  ],
  ['a pinned policy', [policy], [checks], [policy]],
  ['a tree whose facts are read', [facts(FIX)], [facts(tree('other'))], [facts(FIX)]],
  [
    'an open attempt',
    [attempt(1)],
    [turn(1, 1), attemptEnds(1)],
    [
      attempt(1),
      attempt(2),
      turn(1, 0),
      turn(1, 2),
      turn(2, 1),
      session(1, 1),
      turnEnds(1, 1),
      snapshot(1, 1),
      attemptEnds(2),
    ],
  ],
  [
    'an open turn',
    [attempt(1), turn(1, 1)],
    [session(1, 1), turnEnds(1, 1), attemptEnds(1)],
    [turn(1, 1), turn(1, 2), session(1, 2), session(2, 1), turnEnds(1, 2), turnEnds(2, 1), snapshot(1, 1), attempt(2)],
  ],
  [
    'an ended turn',
    [attempt(1), turn(1, 1), turnEnds(1, 1)],
    [snapshot(1, 1)],
    [turn(1, 2), turnEnds(1, 1), session(1, 1), snapshot(1, 2), snapshot(2, 1)],
  ],
  [
    'a turn whose work is kept',
    [attempt(1), turn(1, 1), turnEnds(1, 1), snapshot(1, 1)],
    [turn(1, 2), attemptEnds(1), examined],
    [snapshot(1, 1), turn(1, 1), turn(1, 3)],
  ],
  [
    'an ended attempt',
    [attempt(1), attemptEnds(1)],
    [attempt(2)],
    [attempt(1), attempt(3), turn(1, 1), attemptEnds(1)],
  ],
  [
    'a second attempt',
    [attempt(1), attemptEnds(1), attempt(2)],
    [turn(2, 1)],
    [turn(1, 1), turn(2, 2), attemptEnds(1)],
  ],
  ['an examined candidate', [examined], [{ type: 'candidate.examined', data: examinedOf(tree('other')) }], [examined]],
  ['no checks for the worker', [policy], [integrated(FIX)], [onChecks]],
  ['an integrated tree', [integrated(FIX)], [integrated(tree('other'))], [integrated(FIX)]],
  ['an open question', [asked('q')], [answered('q'), asked('r')], [asked('q'), answered('r')]],
  ['an answered question', [asked('q'), answered('q')], [asked('r')], [asked('q'), answered('q')]],
  [
    'a paused goal',
    [policy, asked('q'), paused],
    [resumed, cancelled, answered('q'), checks],
    [paused, ended('not_ready'), attempt(1), { type: 'gate.measured', data: measurement() }, asked('r')],
  ],
  [
    'a blocked goal',
    [policy, asked('q'), ended('blocked_on_human')],
    [resumed, cancelled, answered('q'), checks],
    [paused, ended('not_ready'), attempt(1)],
  ],
  [
    'a cancelled goal',
    [policy, asked('q'), cancelled],
    [],
    [resumed, cancelled, paused, ended('not_ready'), answered('q'), checks, attempt(1)],
  ],
  [
    'a cancelled goal with a turn under way',
    [attempt(1), turn(1, 1), cancelled],
    [turnEnds(1, 1)],
    [session(1, 1), snapshot(1, 1)],
  ],
];

suite('admits, event by event', () => {
  for (const [what, before, may, mayNot] of TABLE)
    test(what, () => {
      const state = fold([CREATED, ...before]);
      assert.equal(state.version, before.length + 1);
      for (const event of may) assert.equal(admits(state, event), null, `${event.type} ${JSON.stringify(event.data)}`);
      for (const event of mayNot)
        assert.match(admits(state, event) ?? '', /\w/, `${event.type} ${JSON.stringify(event.data)}`);
    });
});

suite('the transition table', () => {
  const STATUSES = ['running', 'paused', ...TERMINAL_STATUSES] as const;
  const blocked: readonly Status[] = ['running', 'cancelled'];
  const EXPECTED: Readonly<Record<Status, readonly Status[]>> = {
    running: ['paused', ...TERMINAL_STATUSES],
    paused: blocked,
    not_ready: blocked,
    blocked_on_human: blocked,
    blocked_on_external: blocked,
    needs_more_budget: ['running', 'not_ready', 'cancelled'],
    failed_infra: blocked,
    ready: [],
    cancelled: [],
  };
  for (const from of STATUSES)
    test(`from ${from}`, () =>
      assert.deepEqual(STATUSES.filter((to) => mayMove(from, to)).sort(), [...EXPECTED[from]].sort()));
});
