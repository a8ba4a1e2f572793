import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { created, FIX, snapshotOf } from '../../domain/testing/build.ts';
import { endReady } from '../../domain/testing/ready.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { applyGoal, type ApplyOptions } from './apply.ts';
import { addBudget, needsExtension } from './budget-add.ts';
import { approvePlan, rejectPlan } from './review-plan.ts';
import { makeProof } from './make-proof.ts';

const NOTHING: ApplyOptions = { branch: null, merge: false, kept: null };
const NEWEST = { attempt: null, turn: null };

/** A goal with these events, in a world that only applies. */
async function goalWith(events: readonly GoalEvent[]) {
  const [first, ...rest] = events[0]?.type === 'goal.created' ? events : [null, ...events];
  const goal = await fakeContext({
    ...(first?.type === 'goal.created' ? { options: first.data.options } : {}),
    events: rest.filter((event): event is GoalEvent => event !== null),
    doors: ({ asked }) => ({
      git: {
        apply: async ({ commit, branch, merge }: { commit: string; branch: string; merge: boolean }) => {
          asked.push(`apply ${commit.slice(0, 4)} as ${branch}${merge ? ', merged' : ''}`);
          return { kind: 'branch', branch };
        },
      },
      files: { writeGoalFolder: async () => void asked.push('publish') },
      proofs: { build: async () => new Map(), isThere: async () => false },
      secrets: { redact: async (text: string) => text },
    }),
  });
  const vault = { ...goal.vault, commitFiles: async () => 'd'.repeat(40) };
  const git = { ...goal.context.world.git, openVault: async () => vault };
  const world = { ...goal.context.world, git };
  return {
    ...goal,
    world,
    apply: (how: Partial<ApplyOptions> = {}) => applyGoal(world, goal.session.goal, { ...NOTHING, ...how }),
  };
}

const WORKED = [planOf(taskOf('t1')), started(1), ...turned(1, 1, snapshotOf(FIX))];

suite('a result is applied', () => {
  test('on a branch with the name of the goal, after its folder was written', async () => {
    const goal = await goalWith(endReady());
    const applied = await goal.apply();
    assert.equal(applied.judged, 'ready');
    assert.deepEqual(
      goal.asked.map((each) => each.replace(/apply \w{4}/, 'apply')),
      ['publish', `apply as omk/${goal.session.goal}`],
    );
  });

  test('under the name that was asked for, and merged where that was asked', async () => {
    const goal = await goalWith(endReady());
    await goal.apply({ branch: 'mine', merge: true });
    assert.match(goal.asked.at(-1) ?? '', /^apply \w{4} as mine, merged$/);
  });

  test('only when it is ready; what to do with the work is said', async () => {
    const worked = await goalWith(WORKED);
    await assert.rejects(worked.apply(), { code: 'NOT_READY', exit: 3, fix: /--not-ready/ });
    const empty = await goalWith([]);
    await assert.rejects(empty.apply(), { code: 'NOT_READY', fix: `omk goal show ${empty.session.goal}` });
    assert.deepEqual([...worked.asked, ...empty.asked], [], 'nothing was touched');
  });

  test('with what judged it only when it is ready, kept work too', async () => {
    const worked = await goalWith(WORKED);
    for (const kept of [null, NEWEST])
      await assert.rejects(worked.apply({ kept, keepOracle: true }), {
        code: 'NOT_READY',
        exit: 3,
        fix: /--not-ready/,
      });
    assert.deepEqual(worked.asked, [], 'nothing was touched');
  });
});

suite('kept work is applied', () => {
  test('as one commit on the base that says what it is, on a branch that does too', async () => {
    const goal = await goalWith(WORKED);
    const applied = await goal.apply({ kept: NEWEST });
    assert.deepEqual([applied.judged, applied.attempt, applied.turn], ['not_judged', 1, 1]);
    const [made] = [...goal.vault.commits.values()];
    assert.deepEqual([made?.tree, made?.parent], [FIX, created().repository.commit]);
    assert.match(made?.message ?? '', /^\[not judged\] [^]*Omk-Attempt: 1\nOmk-Turn: 1\nOmk-Judged: not_judged\n$/);
    assert.match(goal.asked.at(-1) ?? '', /as omk\/not-judged\/.*\/1\.1$/);
  });

  test('twice it is the same commit', async () => {
    const goal = await goalWith(WORKED);
    await goal.apply({ kept: NEWEST });
    await goal.apply({ kept: NEWEST });
    assert.equal(goal.vault.commits.size, 1);
  });

  test('is never merged', async () => {
    const goal = await goalWith(WORKED);
    await assert.rejects(goal.apply({ kept: NEWEST, merge: true }), {
      code: 'MERGE_NOT_READY',
      message: /turn 1 .* not judged/,
    });
    assert.deepEqual(goal.asked, []);
  });

  test('the result of a ready goal is its result, however it was asked for', async () => {
    const goal = await goalWith(endReady());
    assert.equal((await goal.apply({ kept: NEWEST })).judged, 'ready');
  });
});

suite('budgets are extended', () => {
  const add = { time: null, tokens: '100', usd: null } as const;

  test('what was given and what is there now are in one event, with a checkpoint', async () => {
    const budget = { time: null, tokens: '1000', picoUsd: null };
    const goal = await goalWith([{ type: 'goal.created', data: created({ budget }) }]);
    const extended = await addBudget(goal.world, goal.session.goal, { ...add });
    assert.deepEqual(
      [extended.previous.tokens, extended.budget.tokens, extended.added.tokens],
      ['1000', '1100', '100'],
    );
    const types = (await goal.store.read('')).map(({ event }) => event.type);
    assert.deepEqual(types, ['goal.created', 'budget.extended', 'budget.checkpoint']);
    assert.deepEqual(goal.asked, [], 'a goal that runs writes its folder itself');
  });

  test('nothing to add is refused before anything is looked up', () => {
    assert.throws(() => needsExtension({ time: null, tokens: null, usd: null }), { code: 'BUDGET_NOTHING_TO_ADD' });
  });

  test('an amount that is none is refused whole', async () => {
    const goal = await goalWith([]);
    await assert.rejects(addBudget(goal.world, goal.session.goal, { ...add, time: 'soon' }), {
      fix: /nothing was changed/,
    });
    assert.equal((await goal.store.read('')).length, 1);
  });

  test('a goal that is final takes none', async () => {
    const goal = await goalWith([{ type: 'goal.cancelled', data: { why: 'x' } }]);
    await assert.rejects(addBudget(goal.world, goal.session.goal, { ...add }), { code: 'GOAL_TERMINAL' });
  });

  test('one that has stopped gets its folder anew', async () => {
    const goal = await goalWith([{ type: 'goal.paused', data: { why: 'x' } }]);
    await addBudget(goal.world, goal.session.goal, { ...add });
    assert.deepEqual(goal.asked, ['publish']);
  });
});

suite('a plan is reviewed', () => {
  test('only where there is one to approve or to refuse', async () => {
    const goal = await goalWith(WORKED);
    await assert.rejects(approvePlan(goal.world, goal.session.goal), {
      code: 'PLAN_NOT_SHOWN',
      message: /nothing to approve/,
    });
    await assert.rejects(rejectPlan(goal.world, goal.session.goal, 'x'), {
      code: 'PLAN_NOT_SHOWN',
      message: /nothing to refuse/,
    });
    assert.equal((await goal.store.read('')).length, 1 + WORKED.length);
  });
});

suite('a proof is made', () => {
  test('of a goal that has ended and has none, and of no other', async () => {
    const ready = await goalWith(endReady());
    assert.equal(await makeProof(ready.world, ready.session.goal), true);
    assert.deepEqual(ready.asked, ['publish']);
    const running = await goalWith(WORKED);
    assert.equal(await makeProof(running.world, running.session.goal), false);
    assert.deepEqual(running.asked, []);
  });

  test('one that is there is made again only when that is asked for', async () => {
    const goal = await goalWith(endReady());
    const proofs = { ...goal.world.proofs, isThere: async () => true };
    assert.equal(await makeProof({ ...goal.world, proofs }, goal.session.goal), false);
    assert.equal(await makeProof({ ...goal.world, proofs }, goal.session.goal, true), true);
  });
});
