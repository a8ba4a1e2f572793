import { stat } from 'node:fs/promises';
import { findProof, type FoundBy } from './find-proof.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import { readFolder } from '../../proof/verify/folder.ts';
import type { BundleReader } from '../../proof/verify/limits.ts';
import { OmkError } from '../../domain/error.ts';
import type { Live } from '../compose.ts';
import { findGoal } from '../../engine/commands/find.ts';
import { goalOfCommit } from '../../engine/commands/goal-of-commit.ts';
import { makeProof } from '../../engine/commands/make-proof.ts';
import { locateRepository } from '../../world/git/locate.ts';
import { openObjects } from '../../world/git/objects/open.ts';
import { currentRepository } from '../goal-store.ts';
import { proofMissing } from '../made-proof.ts';

/** A bundle to check, and what this machine knows of it. */
export interface Target {
  /** Where the bundle is, for people. */
  readonly folder: string;
  readonly bundle: BundleReader;
  /** How it was found for a commit that was named; null where the bundle or the goal was named. */
  readonly found: { readonly by: FoundBy; readonly commit: CommitId } | null;
  /** Objects that this machine has of the goal; they are checked like all others. */
  readonly vault: string | null;
  /** What this machine's own records name; null for a bundle from elsewhere. */
  readonly own: { readonly goal: GoalId; readonly base: string; readonly root: string } | null;
}

/** `named`: a folder, a goal, `latest`, or a commit of the repository. */
export async function targetOf(world: Live, named: string, repository: string): Promise<Target> {
  const there = await stat(named).catch(() => null);
  if (there?.isDirectory()) {
    const bundle = readFolder(named);
    return { folder: named, bundle, own: null, found: null, vault: await vaultOf(world, bundle) };
  }
  if (named === 'latest' || named.startsWith('g-'))
    return ownTarget(world, (await findGoal(world.store, named, currentRepository)).goal);
  const commit = await revision(repository, named);
  const goal = await goalOfCommit(world.store, commit ?? named);
  if (goal !== null) return ownTarget(world, goal);
  if (commit === null)
    throw new OmkError(
      'BUNDLE_NOT_FOUND',
      `'${named}' is not a bundle directory, a known goal or a commit`,
      'omk goal list',
    );
  return (await ofCommit(world, repository, commit)) ?? noProof(commit, named);
}

function noProof(commit: CommitId, named: string): never {
  throw new OmkError(
    'GOAL_NOT_FOUND',
    `No proof is of the commit ${commit.slice(0, 12)} (${named}), of its tree or of its change`,
    'git fetch origin refs/omk/proofs:refs/omk/proofs where others deliver proofs, or name the folder of a bundle',
  );
}

/** A proof on `refs/omk/proofs`, of the repository or of what this omk keeps of it. */
async function ofCommit(world: Live, repository: string, commit: CommitId): Promise<Target | null> {
  const objects = await openObjects(repository);
  const vault = await vaultDir(world, repository);
  for (const place of vault === null ? [objects] : [objects, await openObjects(vault)]) {
    const proof = await findProof(place, objects, commit);
    if (proof === null) continue;
    const found = { by: proof.by, commit };
    if ((await world.store.read(proof.goal)).length > 0) return { ...(await ownTarget(world, proof.goal)), found };
    return { folder: `refs/omk/proofs ${proof.goal}`, bundle: proof.bundle, own: null, found, vault };
  }
  return null;
}

/** Null in a bare repository, of which this omk keeps nothing. */
async function vaultDir(world: Live, repository: string): Promise<string | null> {
  const inspected = await world.git.inspect(repository).catch((error: unknown) => {
    if (error instanceof OmkError) return null;
    throw error;
  });
  return inspected && (await world.git.openVault(inspected.pin)).dir;
}

/** The commit that a branch, a tag or the like of the repository names; null when there is none. */
async function revision(repository: string, name: string): Promise<string | null> {
  const found = await locateRepository(repository);
  return found === null ? null : (await openObjects(repository)).resolve(`${name}^{commit}`);
}

/** The vault of the goal that a bundle says it is of, where this machine has it: a result that was not applied is nowhere else. */
async function vaultOf(world: Live, bundle: BundleReader): Promise<string | null> {
  const text = new TextDecoder().decode(bundle.read('proof.json') ?? new Uint8Array());
  const [, goal] = /"goal"\s*:\s*"(g-[a-z0-9-]+)"/u.exec(text) ?? [];
  const [first] = goal === undefined ? [] : await world.store.read(goal);
  if (first?.event.type !== 'goal.created') return null;
  return (await world.git.openVault(first.event.data.repository)).dir;
}

export async function ownTarget(world: Live, goal: GoalId): Promise<Target> {
  const [first] = await world.store.read(goal);
  if (first?.event.type !== 'goal.created')
    throw new OmkError('GOAL_NOT_FOUND', `There is no goal '${goal}'`, 'omk goal list');
  await makeProof(world, goal);
  const { repository } = first.event.data;
  const vault = await world.git.openVault(repository);
  const folder = `${world.goalDir(goal)}/proof`;
  if (!(await stat(folder).catch(() => null))) throw proofMissing(goal);
  return {
    folder,
    bundle: readFolder(folder),
    found: null,
    vault: vault.dir,
    own: { goal, base: repository.commit, root: vault.root },
  };
}
