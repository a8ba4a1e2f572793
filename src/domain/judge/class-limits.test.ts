import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalEvent, GoalOptions } from '../goal/event.ts';
import type { PlanDocument } from '../plan/document.ts';
import { GOAL_CLASSES, isByPersonAlone, type GoalClass } from '../plan/plan.ts';
import { BASE, BLOB, created, gateSpec, policyOf, snapshotOf } from '../testing/build.ts';
import { turnEnded } from '../testing/handed-in.ts';
import { fold } from '../transition/evolve.ts';
import { classLimits } from './class-limits.ts';

const SHA = 'a'.repeat(64);

/** A goal whose plan a session made, with a class of its own. */
function planned(is: GoalClass | undefined, options: Partial<GoalOptions>, ...more: readonly GoalEvent[]) {
  const state = fold([
    {
      type: 'goal.created',
      data: created({ oracle: 'agent', planner: 'auto', oracleRules: 3, ...options }),
    },
    { type: 'policy.resolved', data: { policy: policyOf(gateSpec()) } },
    { type: 'attempt.started', data: { attempt: 1, task: 'planner', role: 'planner', worktree: '/w' } },
    { type: 'turn.started', data: { attempt: 1, turn: 1, prompt: BLOB } },
    { type: 'turn.ended', data: { ...turnEnded.data, turn: 1 } },
    { type: 'snapshot.taken', data: { attempt: 1, turn: 1, snapshot: snapshotOf(BASE) } },
    {
      type: 'plan.submitted',
      data: {
        attempt: 1,
        turn: 1,
        kind: 'read',
        sha256: SHA,
        document: {
          ...(is === undefined ? {} : { class: is }),
          criteria: [{ id: 'f', text: 'x', fact: 'a is gone' }],
          tasks: [{ id: 't1', title: 'x' }],
        },
      },
    },
    { type: 'attempt.ended', data: { attempt: 1, why: 'accepted' } },
    ...more,
  ]);
  const { class: stands } = state.created?.options ?? {};
  return { ...state, plan: { criteria: [], tasks: [], ...(stands === undefined ? {} : { class: stands }) } };
}

const codes = (...args: Parameters<typeof planned>): readonly string[] =>
  classLimits(planned(...args)).map(({ code }) => code);

test('a class that a session chose is a limit, and one that a person named or approved is none', () => {
  for (const is of GOAL_CLASSES.filter((each) => !isByPersonAlone(each))) {
    assert.deepEqual(codes(is, {}), ['K_CLASS_BY_AGENT'], is);
    assert.deepEqual(codes(is, { class: is }), [], 'a person said it');
    assert.deepEqual(codes(is, {}, { type: 'plan.approved', data: { plan: SHA } }), [], 'a person read it');
    assert.deepEqual(codes(is, { oracleRules: 2 }), [], 'logs of before are read as they were');
  }
  assert.deepEqual(codes(undefined, {}), []);
  const document: PlanDocument = {
    class: 'refactor',
    criteria: [{ id: 'f', text: 'y', fact: 'b is gone' }],
    tasks: [{ id: 't1', title: 'x' }],
  };
  const edited: GoalEvent = { type: 'plan.edited', data: { document, sha256: 'c'.repeat(64) } };
  assert.deepEqual(codes('refactor', {}, edited), [], 'a person wrote it anew');
});
