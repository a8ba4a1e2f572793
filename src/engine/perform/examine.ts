import { hiddenOf, pathsOf, visibleOf } from '../../domain/held-out/options.ts';
import { namedByChecks } from '../../domain/held-out/named.ts';
import { hiddenTexts } from '../held-out/unseal.ts';
import { contractOf } from '../../domain/contract/contract.ts';
import { judgingChanges } from '../../domain/evidence/judging.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import { earlyAt, loadedAt } from '../../domain/contract/stand-ins.ts';
import type { DataOf, GoalState } from '../../domain/goal/state.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import { CURRENT_RULES } from '../../proof/rules/current.ts';
import type { Vault } from '../../world/git/port.ts';
import { created, suppliesFor, type Context } from '../context.ts';
import { cleanLine } from '../../domain/text/clean.ts';
import { findAsking } from './find-asking.ts';
import { findSuppressions } from './find-suppressions.ts';
import { findSecretsIn } from './find-secrets.ts';
import { labelTests, type Sides } from './label-tests.ts';

/** Test files that are named; where more lead to a change, a flake among the rest is excused. */
const MOST_MET = 500;

/** What a candidate changes, and the tree of the base's tests on its code (trust rule T6). */
export async function examine(context: Context, candidate: TreeId): Promise<void> {
  const { world, session, vault } = context;
  const base = created(session.state).repository.tree;
  const [made, whole] = await Promise.all([
    namedIn(context, base, candidate).then(async (named) => ({
      ...(await contractTree(vault, base, candidate, session.state, named)),
      named,
    })),
    vault.patch(base, candidate),
  ]);
  const { named, changes, plan, sides, support, tree, reversal, meets } = made;
  const secrets = await findSecretsIn(context, base, candidate, changes, (await suppliesFor(context)).secrets);
  const patch = await world.store.putBlob(secrets.mask(whole));
  const suppressions = await findSuppressions(context, changes, (paths) => sidesOf(vault, base, candidate, paths));
  const asking = await findAsking(changes, (paths) => sidesOf(vault, base, candidate, paths));
  const data: DataOf<'candidate.examined'> = {
    candidate,
    changes,
    contract: {
      tree,
      recipe: plan.edits.length > 0 ? { kind: 'contract', base, edits: plan.edits } : { kind: 'as_is' },
    },
    contractChanges: plan.changes,
    asks: plan.asks,
    meets: meets.slice(0, MOST_MET),
    ...(reversal === null ? {} : { reversal: { tree: reversal, edits: plan.reversal } }),
    ...(named.length > 0 ? { named } : {}),
    extended: plan.extended,
    policyPaths: plan.policyPaths,
    rules: CURRENT_RULES,
    patch,
    ...(secrets.findings.length > 0 ? { secrets: secrets.findings } : {}),
    ...(suppressions.length > 0 ? { suppressions: suppressions.map((each) => masked(each, secrets.mask)) } : {}),
    ...(asking.length > 0 ? { asksWhoRuns: asking.map((each) => masked(each, secrets.mask)) } : {}),
  };
  const tests = await labelTests(world.syntax, {
    changes,
    judging: [...judgingChanges(session.state, data).map(({ path }) => path), ...plan.extended],
    extended: plan.extended,
    support,
    read: (paths) => sidesOf(vault, base, candidate, paths, sides),
    mask: (name) => secrets.mask(Buffer.from(name)).toString(),
  });
  await session.append({ type: 'candidate.examined', data: tests === null ? data : { ...data, tests } });
}

const masked = <T extends { readonly text: string }>(found: T, mask: (content: Buffer) => Uint8Array): T => ({
  ...found,
  text: cleanLine(Buffer.from(mask(Buffer.from(found.text))).toString()),
});

/** New files that hidden checks name. */
async function namedIn(context: Context, base: TreeId, candidate: TreeId): Promise<readonly RepoPath[]> {
  const { session, vault } = context;
  if (hiddenOf(session.state).length === 0) return [];
  const added = (await vault.diff(base, candidate)).filter(({ change }) => change === 'added');
  return namedByChecks(
    await hiddenTexts(context),
    added.map(({ path }) => path),
  );
}

/** What changed, and the tree of the base's tests on the candidate's code, made in the vault. */
export async function contractTree(
  vault: Vault,
  base: TreeId,
  candidate: TreeId,
  state: GoalState,
  named: readonly RepoPath[],
  /** Null: what is not shown to be the product is let in, as in logs of before. */
  gates: readonly GateSpec[] | null = state.policy?.gates ?? [],
  /** The tree whose runs say what is loaded. */
  seenAt: TreeId = base,
) {
  const changes = await vault.diff(base, candidate);
  const there = new Set((await vault.listTree(base)).map((entry) => entry.path));
  const contract = await contractOf(
    changes,
    there,
    {
      texts: (side, paths) => textsOf(vault, side === 'base' ? base : candidate, paths),
      mentions: (needles) => vault.mentions(base, needles),
    },
    gates,
    pathsOf(visibleOf(state)),
    loadedAt(state.measurements, seenAt),
    named,
    earlyAt(state.measurements, base),
  );
  // Only a verifier's door says that something could not be read.
  if (!contract) throw new TypeError('the vault read nothing');
  const { plan, support, sides, meets } = contract;
  const tree = plan.edits.length > 0 ? await vault.overlay(base, candidate, plan.edits, plan.merged) : candidate;
  const reversal = plan.reversal.length > 0 ? await vault.overlay(base, candidate, plan.reversal, new Map()) : null;
  return { changes, plan, sides, support, tree, reversal, meets };
}

/** Texts on both sides; what is `known` is not read again. */
async function sidesOf(
  vault: Vault,
  base: TreeId,
  candidate: TreeId,
  paths: readonly RepoPath[],
  known: Sides = new Map(),
): Promise<Sides> {
  const asked = paths.filter((path) => !known.has(path));
  const [old, now] = await Promise.all([textsOf(vault, base, asked), textsOf(vault, candidate, asked)]);
  const side = (path: RepoPath) => ({ base: old.get(path) ?? null, candidate: now.get(path) ?? null });
  return new Map(paths.map((path) => [path, known.get(path) ?? side(path)]));
}

/** Files that are text, by path. */
async function textsOf(vault: Vault, tree: TreeId, paths: readonly RepoPath[]): Promise<ReadonlyMap<RepoPath, string>> {
  const found = new Map<RepoPath, string>();
  for await (const file of vault.readFiles(tree, paths)) {
    const content = text(file);
    if (content !== null) found.set(file.path, content);
  }
  return found;
}

function text(file: { readonly content: Buffer } | null): string | null {
  if (!file) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.content);
  } catch {
    return null;
  }
}
