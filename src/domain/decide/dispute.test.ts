import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { GoalEvent } from '../goal/event.ts';
import { fold } from '../transition/evolve.ts';
import type { GoalState } from '../goal/state.ts';
import { BASE, BLOB, COMPLETED, examinedOf, measurement, shows, snapshotOf, tree } from '../testing/build.ts';
import { A, B, handedIn, turnEnded, WRONG } from '../testing/handed-in.ts';
import type { Dispute } from '../git/snapshot.ts';
import { readDisputes } from '../oracle/claimed.ts';
import { disputed } from './dispute.ts';
import { decideOracle } from './decide-oracle.ts';

const RED = { passed: ['adds'], failed: [`${A} > x`, `${B} > x`] };
const onWrong = (over: string, round: number): GoalEvent => ({
  type: 'gate.measured',
  data: measurement({ purpose: 'oracle', round, tree: tree('laid'), over, ...shows(RED) }),
});
const accepted: readonly GoalEvent[] = [
  ...handedIn,
  onWrong(WRONG, 1),
  onWrong(WRONG, 2),
  onWrong(BASE, 1),
  { type: 'attempt.ended', data: { attempt: 1, why: 'accepted' } },
  {
    type: 'plan.made',
    data: {
      plan: {
        criteria: [{ id: 'checks-goal', text: 'x', kind: 'tests', ids: [], files: [A, B] }],
        tasks: [{ id: 't1', title: 'x', brief: 'x', needs: [], writes: [], criteria: ['checks-goal'] }],
        heldOut: true,
        oracle: 'agent',
      },
      refused: [],
    },
  },
];

/** An attempt of the worker that left a candidate, with what is red in it and what it says of checks. */
const attempt = (
  number: number,
  failed: readonly string[],
  disputes: readonly Dispute[] = [],
): readonly GoalEvent[] => {
  const candidate = tree(`candidate ${number}`);
  const snapshot = { ...snapshotOf(candidate), ...(disputes.length > 0 ? { disputes } : {}) };
  return [
    { type: 'attempt.started', data: { attempt: number, task: 't1', worktree: '/w' } },
    { type: 'turn.started', data: { attempt: number, turn: 1, prompt: BLOB } },
    { ...turnEnded, data: { ...turnEnded.data, attempt: number, outcome: COMPLETED } },
    { type: 'snapshot.taken', data: { attempt: number, turn: 1, snapshot } },
    { type: 'candidate.examined', data: examinedOf(candidate) },
    {
      type: 'gate.measured',
      data: measurement({ purpose: 'contract', tree: candidate, ...shows({ passed: ['adds'], failed }) }),
    },
    { type: 'attempt.ended', data: { attempt: number, why: 'turns_spent' } },
  ];
};
const CLAIM = [{ check: A, why: 'it contradicts the goal' }];
const stateOf = (...attempts: readonly (readonly GoalEvent[])[]): GoalState => fold([...accepted, ...attempts.flat()]);
const questionOf = (state: GoalState, when: 'at_end' | 'before_more' = 'at_end') => {
  const intent = disputed(state, when);
  return intent?.kind === 'record' && intent.event.type === 'question.asked' ? intent.event.data.question : null;
};

suite('a disputed check', () => {
  test('is asked about at the end, with the claim, where nothing else is red', () => {
    const state = stateOf(attempt(2, [`${A} > x`], CLAIM));
    const question = questionOf(state);
    assert.match(question?.text ?? '', /All else passes.*test\/a\.test\.js.*\n.*the worker says of test\/a\.test\.js/s);
    assert.equal(questionOf(state, 'before_more'), null, 'a claim alone stops nobody before the end');
    if (question) {
      const asked = fold([
        ...accepted,
        ...attempt(2, [`${A} > x`], CLAIM),
        { type: 'question.asked', data: { question } },
      ]);
      assert.equal(questionOf(asked), null, 'once');
    }
  });

  test('is none without a claim, beside another red test, or of a check that is not red', () => {
    assert.equal(questionOf(stateOf(attempt(2, [`${A} > x`]))), null);
    assert.equal(questionOf(stateOf(attempt(2, [`${A} > x`, 'adds'], CLAIM))), null);
    assert.equal(questionOf(stateOf(attempt(2, ['test/own.test.js > y'], CLAIM))), null);
    assert.equal(questionOf(stateOf(attempt(2, [`${A} > x`], [{ check: B, why: 'hidden' }]))), null);
    assert.equal(questionOf(stateOf()), null);
  });

  test('is asked about before a third attempt where it alone was red in two', () => {
    const twice = stateOf(attempt(2, [`${A} > x`]), attempt(3, [`${A} > x`]));
    assert.match(questionOf(twice, 'before_more')?.text ?? '', /in two attempts one after the other/);
    assert.equal(questionOf(stateOf(attempt(2, ['adds']), attempt(3, [`${A} > x`])), 'before_more'), null);
  });

  test('is never easier by a claim: accepted, another session writes others; rejected, they stand', () => {
    const before = [...accepted, ...attempt(2, [`${A} > x`], CLAIM)];
    const question = questionOf(fold(before));
    assert.ok(question);
    const after = (answer: Extract<GoalEvent, { type: 'question.answered' }>['data']['answer']): GoalState =>
      fold([
        ...before,
        { type: 'question.asked', data: { question } },
        { type: 'question.answered', data: { question: question.id, answer } },
      ]);
    const others = after({ kind: 'accept' });
    assert.equal(others.plan, null);
    assert.match(others.rejected?.why ?? '', /a person says that these checks are wrong: test\/a\.test\.js/);
    const again: GoalState = { ...others, plan: { criteria: [], tasks: [], ownTests: true, oracle: 'agent' } };
    const [next] = decideOracle(again, () => []) ?? [];
    assert.ok(next?.kind === 'start_attempt' && next.role === 'oracle');
    const kept = after({ kind: 'reject', note: 'it is right' });
    assert.equal(kept.rejected, null);
    assert.equal(questionOf(kept), null);
  });

  test('property: whatever a worker writes is read as claims of bounded size, or as none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        for (const { check, why } of readDisputes(text)) assert.ok(check.length <= 500 && why.length <= 1000);
      }),
    );
    const one = JSON.stringify({ disputes: [...CLAIM, { check: 1 }, null, { check: 'b', why: ' ' }] });
    assert.deepEqual(readDisputes(one), CLAIM);
  });
});
