import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OmkError } from '../../../../domain/error.ts';
import type { Live } from '../../../../app/compose.ts';
import { findGoal } from '../../../../engine/commands/find.ts';
import { goalOfCommit } from '../../../../engine/commands/goal-of-commit.ts';
import { makeProof } from '../../../../engine/commands/make-proof.ts';
import { locateRepository } from '../../../../world/git/locate.ts';
import { openObjects } from '../../../../world/git/objects/open.ts';
import { currentRepository } from '../../goal-store.ts';

/** A bundle to check, and what this machine knows of it. */
export interface Target {
  readonly folder: string;
  /** Objects that this machine has of the goal; they are checked like all others. */
  readonly vault: string | null;
  /** What this machine's own records name; null for a bundle from elsewhere. */
  readonly own: { readonly goal: string; readonly base: string; readonly root: string } | null;
}

export async function targetOf(world: Live, bundle: string): Promise<Target> {
  const found = await stat(bundle).catch(() => null);
  if (found?.isDirectory()) return { folder: bundle, own: null, vault: await vaultOf(world, bundle) };
  if (bundle === 'latest' || bundle.startsWith('g-'))
    return ownTarget(world, (await findGoal(world.store, bundle, currentRepository)).goal);
  const commit = /^[0-9a-f]{7,64}$/.test(bundle) ? bundle : await revision(bundle);
  const goal = commit === null ? null : await goalOfCommit(world.store, commit);
  if (goal !== null) return ownTarget(world, goal);
  throw commit === null || commit === bundle
    ? new OmkError(
        'BUNDLE_NOT_FOUND',
        `'${bundle}' is no folder, no goal of this machine and no commit`,
        'omk goal list',
      )
    : new OmkError(
        'GOAL_NOT_FOUND',
        `The commit ${commit.slice(0, 12)} (${bundle}) is not the result of a goal of this machine`,
        'omk goal list, or name the folder of a bundle',
      );
}

/** The commit that a branch, a tag or the like of the repository here names; null when there is none. */
async function revision(name: string): Promise<string | null> {
  const found = await locateRepository(process.cwd());
  return found === null ? null : (await openObjects(process.cwd())).resolve(`${name}^{commit}`);
}

/** The vault of the goal that a bundle says it is of, where this machine has it: a result that was not applied is nowhere else. */
async function vaultOf(world: Live, bundle: string): Promise<string | null> {
  const text = await readFile(join(bundle, 'proof.json'), 'utf8').catch(() => '');
  const [, goal] = /"goal"\s*:\s*"(g-[a-z0-9-]+)"/u.exec(text) ?? [];
  const [first] = goal === undefined ? [] : await world.store.read(goal);
  if (first?.event.type !== 'goal.created') return null;
  return (await world.git.openVault(first.event.data.repository)).dir;
}

export async function ownTarget(world: Live, goal: string): Promise<Target> {
  const [first] = await world.store.read(goal);
  if (first?.event.type !== 'goal.created')
    throw new OmkError('GOAL_NOT_FOUND', `There is no goal '${goal}'`, 'omk goal list');
  await makeProof(world, goal);
  const { repository } = first.event.data;
  const vault = await world.git.openVault(repository);
  return {
    folder: `${world.goalDir(goal)}/proof`,
    vault: vault.dir,
    own: { goal, base: repository.commit, root: vault.root },
  };
}
