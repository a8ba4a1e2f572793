import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { EMPTY_STATE, type GoalState } from '../goal/state.ts';
import type { Question } from '../evidence/question.ts';
import type { Status } from '../status.ts';
import { failsForAll } from './alike.ts';
import { distinct, entryIdentity, entryText } from './entry.ts';
import { Spending } from './spending.ts';
import { stepFor } from './step.ts';
import { worstExit } from './worst.ts';

describe('the identity of an entry', () => {
  it('is not changed by what an editor changes, and is by every other word', () => {
    assert.equal(entryText('  a \r\nb\t\n\n'), 'a\nb');
    const same = entryIdentity({ where: 'x:1', prompt: 'a\r\nb ' });
    assert.equal(same, entryIdentity({ where: 'y:7', prompt: '\na\nb\n' }));
    assert.notEqual(same, entryIdentity({ where: 'x:1', prompt: 'a\n b' }));
  });

  it('of an issue has its address and its words', () => {
    const issue = (number: number, text: string) =>
      entryIdentity({
        where: `#${number}`,
        prompt: 'p',
        origin: { kind: 'issue', number, url: `https://h/o/n/issues/${number}` },
        material: [{ from: 'Issue', text }],
      });
    assert.equal(new Set([issue(1, 'a'), issue(2, 'a'), issue(1, 'b')]).size, 3);
    assert.equal(issue(1, 'a'), issue(1, 'a\n'));
  });

  it('is worked on once, where it stands first, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ digest: fc.constantFrom('a', 'b', 'c', 'd') })), (all) => {
        const { entries, twice } = distinct(all);
        assert.deepEqual(
          entries.map(({ digest }) => digest),
          [...new Set(all.map(({ digest }) => digest))],
        );
        assert.equal(entries.length + twice.length, all.length);
        for (const { entry, as } of twice) assert.ok(entry !== as && entry.digest === as.digest);
      }),
    );
  });
});

describe('what a queue does with a goal that is there', () => {
  const state = (status: Status, more: Partial<GoalState> = {}): GoalState => ({ ...EMPTY_STATE, status, ...more });
  const step = (status: Status, more: Partial<GoalState> = {}, isWorkedOn = false) =>
    stepFor(state(status, more), isWorkedOn).kind;
  const asked = (question: Question): Partial<GoalState> => ({ questions: [{ question, answer: null }] });
  const missing = asked({ id: 'q', code: 'cannot_run', subject: 's', text: 't', gates: [] });
  const unclear = asked({ id: 'q', code: 'no_criterion', subject: 's', text: 't' });

  it('goes on with what was interrupted or may be mended', () => {
    for (const status of ['running', 'paused', 'blocked_on_external', 'failed_infra'] as const)
      assert.equal(step(status), 'resume', status);
    assert.equal(step('blocked_on_human', missing), 'resume');
    assert.equal(step('blocked_on_human'), 'resume', 'it was answered');
    assert.equal(step('not_ready'), 'resume', 'it got more budget');
  });

  it('leaves what is over, what another process works on, and what only a person can go on with', () => {
    for (const status of ['ready', 'cancelled', 'needs_more_budget'] as const)
      assert.equal(step(status), 'leave', status);
    assert.equal(step('running', {}, true), 'leave');
    assert.equal(step('blocked_on_human', unclear), 'leave');
    assert.equal(step('not_ready', { ended: { status: 'not_ready', gaps: [], failure: null } }), 'leave');
  });
});

describe('the budget of a whole queue', () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000n });
  it('is overspent by no more than the last report of each goal, and nothing is begun without room', () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.record({ goal: fc.constantFrom('a', 'b', 'c'), told: amount })),
        (limit, reports) => {
          const spending = new Spending({ tokens: limit, picoUsd: null });
          const used = new Map<string, bigint>();
          const sum = (): bigint => [...used.values()].reduce((total, each) => total + each, 0n);
          let largest = 0n;
          for (const goal of ['a', 'b', 'c']) spending.sees(goal, { tokens: 77n, picoUsd: 5n });
          for (const { goal, told } of reports) {
            assert.equal(spending.isSpent, sum() >= limit);
            assert.equal(spending.hasRoom, sum() < limit && limit - sum() >= largest);
            if (spending.isSpent) return;
            used.set(goal, (used.get(goal) ?? 0n) + told);
            largest = told > largest ? told : largest;
            spending.sees(goal, { tokens: 77n + (used.get(goal) ?? 0n), picoUsd: 9n });
            assert.ok(sum() < limit + told);
          }
        },
      ),
    );
  });

  it('knows the largest report from before, and without a limit is never spent', () => {
    assert.equal(new Spending({ tokens: 10n, picoUsd: null }, { tokens: 11n, picoUsd: 0n }).hasRoom, false);
    const free = new Spending({ tokens: null, picoUsd: null });
    free.sees('a', { tokens: 0n, picoUsd: 0n });
    free.sees('a', { tokens: 10n ** 30n, picoUsd: 10n ** 30n });
    assert.ok(free.hasRoom);
  });
});

it('the exit code of a queue is the worst that a person must act on, and 0 only where all is ready', () => {
  assert.equal(worstExit([]), 0);
  assert.equal(worstExit([0, 7, 3, 0]), 3);
  assert.equal(worstExit([3, 5, 4]), 4);
  assert.equal(worstExit([4, 6, 1]), 1);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 })), (exits) => {
      const worst = worstExit(exits);
      assert.equal(
        worst === 0,
        exits.every((exit) => exit === 0),
      );
      assert.equal(worst, worstExit(exits.toReversed()), 'order means nothing');
    }),
  );
});

it('two ends in a row that failed alike outside of the work stop a queue, and nothing else does', () => {
  assert.equal(failsForAll(['A']), null);
  assert.equal(failsForAll(['A', 'A']), 'A');
  assert.equal(failsForAll(['A', null, 'A']), null);
  assert.equal(failsForAll(['A', 'B']), null);
  assert.equal(failsForAll([null, null, null]), null);
});
