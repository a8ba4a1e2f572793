import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FIX, tree } from '../../domain/testing/build.ts';
import type { Check } from '../../world/forge/port.ts';
import { provenGoal } from '../testing/proven.ts';
import { mergeGoal, type MergeOptions } from './merge.ts';

const BRANCH = 'omk/x';
const check = (state: Check['state']): Check => ({
  name: 'build',
  state,
  app: null,
  url: null,
  job: null,
  summary: '',
});

/** A proven result with an open pull request, whose one check passed. */
async function delivered() {
  const goal = await provenGoal();
  const { commit } = goal.result;
  goal.origin.branches.set(BRANCH, commit);
  await goal.origin.forge.openPullRequest?.({ title: 'x', body: '', branch: BRANCH, base: 'main', draft: false });
  goal.origin.checks.push(check('passed'));
  goal.asked.length = 0;
  const record = {
    number: 1,
    url: 'https://github.com/o/n/pull/1',
    branch: BRANCH,
    base: 'main',
    commit,
    draft: false,
  };
  await goal.session.append(
    {
      type: 'delivery.pushed',
      data: { repository: 'github.com/o/n', branch: BRANCH, base: 'main', commit, tree: FIX },
    },
    { type: 'delivery.pr_opened', data: record },
  );
  const merge = (more: Partial<MergeOptions> = {}) =>
    mergeGoal(
      goal.world,
      goal.session.goal,
      { remote: null, policy: 'gated', method: null, waitMs: 0, ...more },
      goal.stop.signal,
      goal.context.notify,
    );
  const merged = async () => {
    await goal.session.refresh();
    return goal.session.lines.filter(({ event }) => event.type === 'delivery.merged').length;
  };
  return { ...goal, merge, merged };
}

suite('a pull request whose checks passed', () => {
  test('is merged at the commit that was proven, and what came of it is recorded beside what was proven', async () => {
    const { merge, origin, asked, session, merged } = await delivered();
    const done = await merge();
    assert.ok(done.kind === 'merged');
    assert.deepEqual([done.tree, done.proven, done.commit], [FIX, FIX, origin.branches.get('main')]);
    assert.deepEqual([asked, await merged()], [['merge 1'], 1]);
    assert.equal(session.state.delivery.merged?.commit, done.commit);
  });

  test('asked for twice is merged and recorded once, and the second answer is the same', async () => {
    const { merge, asked, merged } = await delivered();
    const first = await merge();
    assert.deepEqual(await merge(), first);
    assert.deepEqual([asked, await merged()], [['merge 1'], 1]);
  });

  test('that the forge makes another tree of is told as that, and not hidden', async () => {
    const { merge, origin } = await delivered();
    origin.meanwhile.after = () => {
      const mergedAs = origin.makeCommit(tree('other'), origin.branches.get('main') ?? '');
      origin.branches.set('main', mergedAs);
      origin.change(1, { mergedAs });
    };
    const done = await merge();
    assert.ok(done.kind === 'merged');
    assert.deepEqual([done.tree, done.proven], [tree('other'), FIX]);
  });

  test('is not merged while its proof does not verify', async () => {
    const { merge, merged, proof, asked } = await delivered();
    proof.refusal = 'E_RECIPE: another tree';
    await assert.rejects(merge(), { code: 'PROOF_NOT_VERIFIED' });
    assert.deepEqual([asked, await merged()], [[], 0]);
  });

  test('in the repository above a fork is not merged by a login that may only push to the fork', async () => {
    const { merge, merged, origin, asked } = await delivered();
    const about = await origin.forge.about?.();
    const place = { host: 'github.com', owner: 'me', name: 'n' };
    Object.assign(origin.remote, { place, at: async () => origin.remote });
    Object.assign(origin.forge, { about: async () => ({ ...about, mayPush: false }) });
    await assert.rejects(merge(), { code: 'FORGE_NO_PERMISSION', exit: 4 });
    assert.deepEqual([asked, await merged()], [[], 0]);
  });
});

suite('a merge that breaks off', () => {
  test('before it was done is done by the next one', async () => {
    const { merge, origin, asked, merged } = await delivered();
    origin.meanwhile.before = () => {
      throw new Error('the power failed');
    };
    await assert.rejects(merge(), /the power failed/);
    delete origin.meanwhile.before;
    assert.equal((await merge()).kind, 'merged');
    assert.deepEqual([asked, await merged()], [['merge 1', 'merge 1'], 1]);
  });

  test('after it was done is recorded by the next one, which merges nothing', async () => {
    const { merge, origin, asked, merged } = await delivered();
    origin.meanwhile.after = () => {
      throw new Error('the power failed');
    };
    await assert.rejects(merge(), /the power failed/);
    assert.equal(await merged(), 0);
    const done = await merge();
    assert.equal(done.kind === 'merged' && done.commit, origin.branches.get('main'));
    assert.deepEqual([asked, await merged()], [['merge 1'], 1]);
  });

  test('whose commit is not to be seen yet records nothing, and says that it is done', async () => {
    const { merge, origin, merged } = await delivered();
    const has = origin.remote.has?.bind(origin.remote);
    Object.assign(origin.remote, { has: async () => false });
    await assert.rejects(merge(), { code: 'MERGE_NOT_SEEN', fix: /the merge itself is done/ });
    assert.equal(await merged(), 0);
    Object.assign(origin.remote, { has });
    assert.equal((await merge()).kind, 'merged');
    assert.equal(await merged(), 1);
  });
});

suite('a branch that moves', () => {
  test('between the look and the merge, and back, is looked at again', async () => {
    const { merge, origin, asked, result } = await delivered();
    origin.meanwhile.before = () =>
      void origin.branches.set(BRANCH, asked.length === 1 ? 'e'.repeat(40) : result.commit);
    origin.meanwhile.after = () => void origin.branches.set(BRANCH, result.commit);
    assert.equal((await merge()).kind, 'merged');
    assert.equal(asked.length, 2);
  });

  test('and goes on moving is given up after three tries', async () => {
    const { merge, origin, asked, result, merged } = await delivered();
    origin.meanwhile.before = () => void origin.branches.set(BRANCH, 'e'.repeat(40));
    origin.meanwhile.after = () => void origin.branches.set(BRANCH, result.commit);
    await assert.rejects(merge(), { code: 'MERGE_REFUSED', message: /keeps changing/ });
    assert.deepEqual([asked.length, await merged()], [3, 0]);
  });

  test('to what was not proven, or a base that went on, is not merged', async () => {
    const moved = await delivered();
    moved.origin.branches.set(BRANCH, 'e'.repeat(40));
    await assert.rejects(moved.merge(), { code: 'PR_HEAD_MOVED' });
    const behind = await delivered();
    behind.origin.branches.set('main', behind.origin.makeCommit(tree('later'), 'c'.repeat(40)));
    await assert.rejects(behind.merge(), { code: 'BASE_MOVED' });
    assert.deepEqual([moved.asked, behind.asked], [[], []]);
  });
});

suite('checks that have not ended', () => {
  test('are waited for as long as was asked, a look every 15 seconds, and then merged with', async () => {
    const goal = await delivered();
    goal.origin.checks.splice(0, 1, check('pending'));
    const merging = goal.merge({ waitMs: 60_000 });
    const asleep = () => new Promise((resolve) => setImmediate(resolve));
    await asleep();
    assert.deepEqual([goal.notices.at(-1)?.kind, goal.asked], ['step', []]);
    goal.origin.checks.splice(0, 1, check('passed'));
    goal.clock.advance(14_999);
    await asleep();
    assert.deepEqual(goal.asked, [], 'not before its time');
    goal.clock.advance(1);
    assert.equal((await merging).kind, 'merged');
  });

  test('after that time are named, and nothing is merged', async () => {
    const { merge, origin, clock, asked } = await delivered();
    origin.checks.splice(0, 1, check('pending'));
    assert.deepEqual((await merge()).kind, 'waiting');
    const merging = merge({ waitMs: 20_000 });
    for (let look = 0; look < 3; look += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(15_000);
    }
    const waiting = await merging;
    assert.deepEqual(waiting.kind === 'waiting' && waiting.checks, ['build']);
    assert.deepEqual(asked, []);
  });

  test('are not waited for any more once the user stops', async () => {
    const { merge, origin, stop, asked } = await delivered();
    origin.checks.splice(0, 1, check('pending'));
    const merging = merge({ waitMs: 3_600_000 });
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    assert.equal((await merging).kind, 'waiting');
    assert.deepEqual(asked, []);
  });

  test('and failed meanwhile refuse the merge', async () => {
    const { merge, origin, clock, asked } = await delivered();
    origin.checks.splice(0, 1, check('pending'));
    const merging = assert.rejects(merge({ waitMs: 60_000 }), { code: 'CHECKS_FAILED' });
    await new Promise((resolve) => setImmediate(resolve));
    origin.checks.splice(0, 1, check('failed'));
    clock.advance(15_000);
    await merging;
    assert.deepEqual(asked, []);
  });
});
