import type { Source } from './source.ts';
import { OmkError } from '../../domain/error.ts';
import type { TreeId } from '../../domain/ids.ts';
import type { Hollowed } from '../../domain/evidence/hollow.ts';
import type { Claim } from '../../domain/rerun/claim.ts';
import { PATCH } from '../../proof/format/names.ts';
import type { Facts } from '../../proof/statement/facts.ts';
import type { Vault } from '../../world/git/port.ts';
import { contractTree } from '../perform/examine.ts';
import { hollowed } from '../perform/hollow.ts';
import { makeOracle } from './held-out.ts';

export interface Trees {
  readonly claims: readonly Claim[];
  /** The candidate as it was made here; null where there is none, or it could not be made. */
  readonly candidate: TreeId | null;
  /** As it was made here. Absent: the goal has none. */
  readonly hollow?: Hollowed;
}

/** Makes the trees that were judged again, in the vault of this machine: from the base, the patch and the rules. */
export async function makeTrees(source: Source): Promise<Trees> {
  const { facts, vault, pin } = source;
  const base: Claim = {
    about: 'base',
    gate: null,
    state: 'reproduced',
    text: `base ${pin.commit.slice(0, 12)}: tree ${pin.tree.slice(0, 12)}`,
  };
  if (facts.candidate === null || !facts.examined) return { claims: [base], candidate: null };
  const made = await makeCandidate(source, facts.candidate);
  if (made.state !== 'reproduced') return { claims: [base, made], candidate: null };
  const { asks, contract, reversal, named = [] } = facts.examined;
  const gates = asks === undefined ? null : (facts.state.policy?.gates ?? []);
  const {
    changes,
    tree,
    reversal: all,
  } = await contractTree(vault, pin.tree, facts.candidate, facts.state, named, gates);
  const claims = [base, made, sameTree('the change with the tests of the base', contract.tree, tree)];
  if (asks !== undefined && (reversal !== undefined || all !== null))
    claims.push(sameTree('all of the change but its product', reversal?.tree ?? null, all));
  // What was judged cannot be had here.
  if (claims.some(({ state }) => state === 'diverged')) return { claims, candidate: null };
  const oracle = await makeOracle(source);
  if (oracle) claims.push(oracle);
  const recorded = facts.state.hollowed.get(facts.candidate);
  if (!recorded) return { claims, candidate: facts.candidate };
  const { asksRed: _, ...again } = await hollowed(
    source,
    pin.tree,
    facts.candidate,
    changes,
    facts.created.given !== undefined,
  );
  // What was asked there is asked here.
  const hollow: Hollowed = recorded.asksRed === true ? { ...again, asksRed: true } : again;
  claims.push(...hollowClaims(recorded, hollow, madeBy(facts), source.world.version));
  return { claims, candidate: facts.candidate, hollow };
}

function madeBy({ events }: Facts): string | null {
  const last = events.at(-1);
  return (last?.type === 'goal.ended' || last?.type === 'goal.cancelled' ? last.data.omk : null) ?? null;
}

async function makeCandidate(source: Source, candidate: TreeId): Promise<Claim> {
  const { world, vault, pin, facts, files } = source;
  const claim = { about: 'candidate', gate: null, text: `candidate ${candidate.slice(0, 12)}` } as const;
  const masked = (facts.examined?.secrets ?? []).length > 0;
  const patch = files.get(PATCH) ?? new Uint8Array();
  if (!masked) {
    const tree = patch.length === 0 ? pin.tree : await applied(vault, pin.tree, patch);
    return tree === candidate
      ? { ...claim, state: 'reproduced', why: 'made from the base and change.patch' }
      : { ...claim, state: 'diverged', why: `change.patch on the base gives ${tree ?? 'nothing: it does not apply'}` };
  }
  const { head } = facts;
  if (head === null || !(await world.git.hasCommit(pin.root, head)))
    return {
      ...claim,
      state: 'not_reproducible',
      why: 'change.patch is masked, and the result commit is not in the repository',
    };
  await vault.fetchBase(pin.root, head);
  return (await vault.treeOf(head)) === candidate
    ? { ...claim, state: 'reproduced', why: `from the commit ${head.slice(0, 12)}` }
    : { ...claim, state: 'diverged', why: `the commit ${head.slice(0, 12)} has another tree` };
}

async function applied(vault: Vault, tree: TreeId, patch: Uint8Array): Promise<TreeId | null> {
  try {
    return await vault.patched(tree, patch);
  } catch (error) {
    if (error instanceof OmkError && error.code === 'PATCH_DOES_NOT_APPLY') return null;
    throw error;
  }
}

const sameTree = (what: string, recorded: TreeId | null, here: TreeId | null): Claim => ({
  about: 'tree',
  gate: null,
  text: `${what} ${recorded?.slice(0, 12) ?? 'is nothing'}`,
  ...(recorded === here ? { state: 'reproduced' } : { state: 'diverged', why: `made here it is ${here ?? 'nothing'}` }),
});

/** Another version of omk may read functions otherwise, which is no lie. */
function hollowClaims(recorded: Hollowed, here: Hollowed, madeBy: string | null, version: string): readonly Claim[] {
  const claims = [sameTree('the change with what it does taken out', recorded.tree, here.tree)];
  if (recorded.takenBack !== undefined || here.takenBack !== undefined)
    claims.push(
      sameTree('the change with all but its tests taken back', recorded.takenBack ?? null, here.takenBack ?? null),
    );
  if (madeBy === null || madeBy === version) return claims;
  return claims.map((claim) =>
    claim.state === 'diverged'
      ? { ...claim, state: 'not_reproducible', why: `it was made by omk ${madeBy}, and this is ${version}` }
      : claim,
  );
}
