import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';
import { zeroId } from '../objects/id.ts';
import { missing, resolve } from '../objects/resolve.ts';
import type { ApplyResult, Git } from '../port.ts';
import type { Located } from '../repository/locate.ts';
import { locate } from '../repository/locate.ts';
import { userSettings } from '../repository/user-settings.ts';
import type { GitCall } from '../run.ts';
import { tryGit } from '../run.ts';
import { mergeInto, planMerge } from './merge.ts';
import type { RefMove } from './proofs.ts';
import { joinProofs } from './proofs.ts';
import { sendObjects } from './send.ts';

async function freeBranch(user: GitCall, branch: string, commit: CommitId): Promise<'free' | 'done'> {
  const valid = await tryGit(['check-ref-format', `refs/heads/${branch}`], user);
  if (valid.code !== 0 || branch.startsWith('-'))
    throw new OmkError(
      'BRANCH_NAME_INVALID',
      `"${branch}" cannot be a branch name.`,
      'Give another name with --branch.',
    );
  const now = await resolve(user, `refs/heads/${branch}`);
  if (now === null) return 'free';
  if (now === commit) return 'done';
  throw new OmkError('BRANCH_EXISTS', `The branch "${branch}" is already there.`, 'Give another name with --branch.');
}

/** All references change together or none does. */
async function moveRefs(user: GitCall, updates: readonly RefMove[]): Promise<void> {
  const lines = updates.map(({ ref, to, from }) => `update ${ref}\0${to}\0${from ?? ''}\0`);
  const moved = await tryGit(['update-ref', '-m', 'omk: goal apply', '--stdin', '-z'], {
    ...user,
    durable: true,
    input: Buffer.from(lines.join(''), 'utf8'),
  });
  if (moved.code === 0) return;
  throw new OmkError(
    'REFS_NOT_CHANGED',
    `The repository did not take the new references: ${moved.stderr.trim().split('\n').at(-1) ?? ''}`,
    'Give another name with --branch, or look at the branch that is in the way.',
    { exit: 2 },
  );
}

async function requireBase(user: GitCall, parents: readonly CommitId[]): Promise<void> {
  for (const parent of parents)
    if ((await resolve(user, `${parent}^{commit}`)) === null)
      throw missing(`The commit ${parent.slice(0, 12)} the goal started from`);
}

function userCall({ gitDir, root, commonDir }: Located): GitCall & { readonly workTree: string } {
  if (root === null)
    throw new OmkError(
      'BARE_REPOSITORY',
      `${commonDir} has no files to work on.`,
      'Run the command in a checkout of the repository.',
    );
  return { gitDir, workTree: root, whose: 'user' };
}

/**
 * A result into the user's repository: its objects, `goalRef`, `refs/omk/proofs`, a new branch, and where asked a
 * merge into the branch that is checked out. Either all references move or none. `OmkError` `BRANCH_EXISTS`,
 * `BRANCH_NAME_INVALID`, `GIT_OBJECT_MISSING`, `REFS_NOT_CHANGED`, and those of `planMerge`.
 */
export async function apply(request: Parameters<Git['apply']>[0]): Promise<ApplyResult> {
  const { vault, root, commit, goalRef, branch, merge, proofs } = request;
  const found = await locate(root);
  const own = userCall(found);
  const user = { ...own, config: await userSettings(own) };
  const vaultCall: GitCall = { gitDir: vault.dir, whose: 'omk' };
  const state = await freeBranch(user, branch, commit);
  const parents = await sendObjects(vaultCall, user, commit, proofs, (ids) => requireBase(user, ids));
  const plan = merge ? await planMerge(found, user, commit, parents) : null;

  const refs: RefMove[] = [{ ref: goalRef, to: commit, from: null }];
  const joined = proofs === null ? null : await joinProofs(user, proofs);
  if (joined !== null) refs.push(joined);
  if (state === 'free') refs.push({ ref: `refs/heads/${branch}`, to: commit, from: zeroId(found.format) });
  if (plan === null) {
    await moveRefs(user, refs);
    return { kind: 'branch', branch, commit };
  }
  await mergeInto(user, plan, () => moveRefs(user, [...refs, { ref: plan.ref, to: plan.to, from: plan.from }]));
  return { kind: 'merged', branch: plan.ref.replace(/^refs\/heads\//, ''), commit: plan.to };
}
