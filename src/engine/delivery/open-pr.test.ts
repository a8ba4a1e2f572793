import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { markerOf } from '../../domain/delivery/branch.ts';
import { OmkError } from '../../domain/error.ts';
import { FIX } from '../../domain/testing/build.ts';
import { provenGoal } from '../testing/proven.ts';
import { openPullRequest, type OpenPrOptions } from './open-pr.ts';

const PLAIN: OpenPrOptions = {
  remote: null,
  branch: null,
  base: null,
  draft: false,
  title: null,
  labels: [],
  reviewers: [],
  assignees: [],
  inFork: false,
  proof: false,
};
const OWN = 'omk/g-20260131-abcdef';

async function ready() {
  const goal = await provenGoal();
  const open = (more: Partial<OpenPrOptions> = {}) =>
    openPullRequest(goal.world, goal.session.goal, { ...PLAIN, ...more }, goal.stop.signal, goal.context.notify);
  /** What the log says of the delivery. */
  const recorded = async (): Promise<readonly string[]> => {
    await goal.session.refresh();
    return goal.appended().map(({ type }) => type);
  };
  return { ...goal, open, recorded };
}

type Ready = Awaited<ReturnType<typeof ready>>;

/** The process ends at one call: before it was done, or after that and before it was recorded. */
async function crashAt({ origin, open }: Ready, when: 'before' | 'after', call: string): Promise<void> {
  origin.meanwhile[when] = (asked) => {
    if (asked === call) throw new Error('the power failed');
  };
  await assert.rejects(open(), /the power failed/);
  delete origin.meanwhile[when];
}

suite('a pull request of a proven result', () => {
  test('is opened on a branch of its own, with the goal in its body, and recorded', async () => {
    const goal = await ready();
    const opened = await goal.open({ draft: true });
    assert.ok(opened.kind === 'pull_request');
    assert.deepEqual([opened.how, opened.pullRequest.branch, opened.pullRequest.base], ['opened', OWN, 'main']);
    assert.equal(goal.origin.branches.get(OWN), goal.result.commit);
    assert.deepEqual(goal.asked, [`push ${OWN}`, 'open', 'annotate 1']);
    assert.deepEqual(await goal.recorded(), ['delivery.pushed', 'delivery.pr_opened']);
    const [pull] = goal.origin.pulls;
    assert.ok(pull !== undefined && pull.body.includes(markerOf(goal.session.goal)));
    assert.deepEqual([pull.draft, goal.session.state.delivery.pushed?.tree], [true, FIX]);
    assert.deepEqual(goal.written, [goal.session.goal], 'the folder of the goal tells it');
  });

  test('is not opened, and nothing pushed, while its proof does not verify', async () => {
    const goal = await ready();
    goal.proof.refusal = 'E_RECIPE: another tree';
    await assert.rejects(goal.open(), { code: 'PROOF_NOT_VERIFIED' });
    assert.deepEqual([goal.asked, await goal.recorded()], [[], []]);
  });

  test('asked for again is the same one, with nothing sent and nothing recorded', async () => {
    const goal = await ready();
    await goal.open();
    const sent = goal.asked.length;
    const again = await goal.open();
    assert.deepEqual([again.kind === 'pull_request' && again.how, goal.asked.slice(sent)], ['unchanged', []]);
    assert.deepEqual(await goal.recorded(), ['delivery.pushed', 'delivery.pr_opened']);
  });

  test('whose text or title somebody changed gets ours again, and keeps its title unless another is asked for', async () => {
    const goal = await ready();
    await goal.open();
    goal.origin.change(1, { body: `edited ${markerOf(goal.session.goal)}`, title: 'By a person' });
    const updated = await goal.open();
    assert.equal(updated.kind === 'pull_request' && updated.how, 'updated');
    assert.deepEqual([goal.origin.pulls[0]?.title, goal.origin.pulls.length], ['By a person', 1]);
    await goal.open({ title: 'As asked' });
    assert.equal(goal.origin.pulls[0]?.title, 'As asked');
    assert.equal((await goal.recorded()).filter((type) => type === 'delivery.pr_updated').length, 2);
  });

  test('that was merged or closed is not opened a second time', async () => {
    for (const [state, code] of [
      ['merged', 'PR_MERGED'],
      ['closed', 'PR_CLOSED'],
    ] as const) {
      const goal = await ready();
      await goal.open();
      goal.origin.change(1, { state });
      await assert.rejects(goal.open(), { code });
      assert.equal(goal.origin.pulls.length, 1);
    }
  });

  test('that was merged, and its branch removed, is not judged again with the base that has it', async () => {
    const goal = await ready();
    await goal.open();
    await goal.origin.forge.merge?.(1, { commit: goal.result.commit, method: 'merge' });
    goal.origin.branches.delete(OWN);
    await assert.rejects(goal.open(), { code: 'PR_MERGED' });
    assert.equal(goal.origin.branches.has(OWN), false);
  });
});

suite('a delivery that breaks off', () => {
  for (const [when, call] of [
    ['before', `push ${OWN}`],
    ['after', `push ${OWN}`],
    ['before', 'open'],
    ['after', 'open'],
    ['before', 'annotate 1'],
    ['after', 'annotate 1'],
  ] as const)
    test(`${when} ${call.replace(OWN, 'its branch')}: one branch and one pull request in the end, each recorded once`, async () => {
      const goal = await ready();
      await crashAt(goal, when, call);
      const opened = await goal.open();
      assert.equal(opened.kind, 'pull_request');
      assert.deepEqual([...goal.origin.branches.keys()], ['main', OWN]);
      assert.equal(goal.origin.pulls.length, 1);
      assert.deepEqual(await goal.recorded(), ['delivery.pushed', 'delivery.pr_opened']);
      assert.equal(
        goal.asked.filter((asked) => asked === `push ${OWN}`).length,
        call.startsWith('push') && when === 'before' ? 2 : 1,
      );
    });
});

suite('what others have on the remote', () => {
  const THEIRS = 'e'.repeat(40);

  test('is never pushed over: the next free name is taken', async () => {
    const goal = await ready();
    goal.origin.branches.set(OWN, THEIRS);
    const opened = await goal.open();
    assert.equal(opened.kind === 'pull_request' && opened.pullRequest.branch, `${OWN}-2`);
    assert.equal(goal.origin.branches.get(OWN), THEIRS);
  });

  test('under every name refuses the delivery', async () => {
    const goal = await ready();
    for (const name of [OWN, ...Array.from({ length: 9 }, (_, index) => `${OWN}-${index + 2}`)])
      goal.origin.branches.set(name, THEIRS);
    await assert.rejects(goal.open(), { code: 'BRANCH_TAKEN' });
    assert.deepEqual(goal.asked, []);
  });

  test('and was put there between the look and the push is seen at the next look', async () => {
    const goal = await ready();
    goal.origin.meanwhile.before = (call) => {
      if (call === `push ${OWN}`) goal.origin.branches.set(OWN, THEIRS);
    };
    const opened = await goal.open();
    assert.equal(opened.kind === 'pull_request' && opened.pullRequest.branch, `${OWN}-2`);
    assert.deepEqual(await goal.recorded(), ['delivery.pushed', 'delivery.pr_opened']);
    assert.equal(goal.session.state.delivery.pushed?.branch, `${OWN}-2`, 'the push that was rejected is none');
  });

  test('and goes on changing ends the delivery after some rounds', async () => {
    const goal = await ready();
    goal.origin.meanwhile.after = (call) => void (call === `push ${OWN}` && goal.origin.branches.delete(OWN));
    await assert.rejects(goal.open(), { code: 'REMOTE_CHANGING', exit: 4 });
    assert.equal(goal.origin.pulls.length, 0);
    assert.deepEqual(await goal.recorded(), ['delivery.pushed'], 'recorded once, however often it was pushed');
  });

  test('as a pull request of the same branch, without our marker, is left as it is', async () => {
    const goal = await ready();
    goal.origin.branches.set('mine', goal.result.commit);
    await goal.origin.forge.openPullRequest?.({ title: 'x', body: 'y', branch: 'mine', base: 'main', draft: false });
    await assert.rejects(goal.open({ branch: 'mine' }), { code: 'PR_NOT_OURS' });
    assert.deepEqual([goal.origin.pulls[0]?.body, await goal.recorded()], ['y', []]);
  });
});

suite('the proof of what is delivered', () => {
  test('is sent once, before the branch', async () => {
    const goal = await ready();
    goal.vault.refs.set('refs/omk/proofs', 'd'.repeat(40));
    const { proof } = await goal.open({ proof: true });
    assert.deepEqual(proof, { kind: 'pushed' });
    assert.deepEqual(goal.asked, ['push proofs', `push ${OWN}`, 'open', 'annotate 1']);
  });

  test('that the remote does not take is told, and the rest is delivered; another failure is one', async () => {
    const goal = await ready();
    goal.vault.refs.set('refs/omk/proofs', 'd'.repeat(40));
    const failWith = (code: 'PUSH_REFUSED' | 'REMOTE_UNREACHABLE'): void => {
      goal.origin.meanwhile.before = (call) => {
        if (call === 'push proofs') throw new OmkError(code, 'a rule of the remote', 'x', { exit: 4 });
      };
    };
    failWith('REMOTE_UNREACHABLE');
    await assert.rejects(goal.open({ proof: true }), { code: 'REMOTE_UNREACHABLE' });
    assert.equal(goal.origin.branches.has(OWN), false, 'no branch without its proof');
    failWith('PUSH_REFUSED');
    const opened = await goal.open({ proof: true });
    assert.deepEqual([opened.kind, opened.proof], ['pull_request', { kind: 'refused', why: 'a rule of the remote' }]);
  });
});

test('where no forge is known, the branch is pushed, and the address to open it is told with what it cannot have', async () => {
  const goal = await ready();
  Object.assign(goal.world.forge, { at: async () => null });
  const opened = await goal.open({ labels: ['bug'] });
  assert.ok(opened.kind === 'pushed');
  assert.deepEqual([opened.branch, opened.base, opened.ignored], [OWN, 'main', ['--label bug']]);
  assert.match(opened.openAt ?? '', /^https:\/\/github\.com\/o\/n\/compare\/main\.\.\.omk\//);
  assert.deepEqual(await goal.recorded(), ['delivery.pushed']);
});
