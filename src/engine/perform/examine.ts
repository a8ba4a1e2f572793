import { planContract } from '../../domain/contract/overlay.ts';
import { preloadedBy, RUNNER_SETTINGS } from '../../domain/contract/preloads.ts';
import { classify } from '../../domain/contract/classify.ts';
import { mayBeSupport, supportsTests } from '../../domain/contract/support.ts';
import { manifestsAbove } from '../../domain/contract/support-packages.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import { judgingChanges } from '../../domain/contract/judging.ts';
import type { DataOf } from '../../domain/goal/state.ts';
import type { RepoPath, TreeId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import { created, type Context } from '../context.ts';
import { findSecretsIn } from './find-secrets.ts';
import { labelTests } from './label-tests.ts';

/** What a candidate changes, and the tree of the base's tests on its code (trust rule T6). */
export async function examine(context: Context, candidate: TreeId): Promise<void> {
  const { world, session, vault } = context;
  const base = created(session.state).repository.tree;
  const [changes, whole] = await Promise.all([vault.diff(base, candidate), vault.patch(base, candidate)]);
  const sides = new Map<RepoPath, { base: string | null; candidate: string | null }>();
  for (const { path } of changes.filter((change) =>
    ['test', 'manifest'].includes(classify(change.path, change.newMode)),
  ))
    sides.set(path, {
      base: text(await vault.readFile(base, path)),
      candidate: text(await vault.readFile(candidate, path)),
    });
  const settings: { path: RepoPath; text: string }[] = [];
  const there = new Set((await vault.listTree(base)).map((entry) => entry.path));
  for (const path of RUNNER_SETTINGS.filter((each) => there.has(each)))
    settings.push({ path, text: text(await vault.readFile(base, path)) ?? '' });
  const support = await supportIn(vault, base, changes, there);
  const plan = planContract(
    changes,
    (path) => sides.get(path) ?? { base: null, candidate: null },
    preloadedBy(settings),
    support,
  );
  const tree = plan.edits.length > 0 ? await vault.overlay(base, candidate, plan.edits, plan.merged) : candidate;
  const secrets = await findSecretsIn(context, base, candidate, changes);
  const patch = await world.store.putBlob(secrets.mask(whole));
  const data: DataOf<'candidate.examined'> = {
    candidate,
    changes,
    contract: {
      tree,
      recipe: plan.edits.length > 0 ? { kind: 'contract', base, edits: plan.edits } : { kind: 'as_is' },
    },
    contractChanges: plan.changes,
    extended: plan.extended,
    policyPaths: plan.policyPaths,
    patch,
    ...(secrets.findings.length > 0 ? { secrets: secrets.findings } : {}),
  };
  const tests = await labelTests(world.syntax, {
    changes,
    judging: [...judgingChanges(session.state, data).map(({ path }) => path), ...plan.extended],
    extended: plan.extended,
    support,
    read: async (path) =>
      sides.get(path) ?? {
        base: text(await vault.readFile(base, path)),
        candidate: text(await vault.readFile(candidate, path)),
      },
    mask: (name) => secrets.mask(Buffer.from(name)).toString(),
  });
  await session.append({ type: 'candidate.examined', data: tests === null ? data : { ...data, tests } });
}

/** Changed files outside of the folders of tests that only tests of the base use. */
async function supportIn(
  vault: Vault,
  base: TreeId,
  changes: readonly PathChange[],
  there: ReadonlySet<RepoPath>,
): Promise<ReadonlySet<RepoPath>> {
  const read = async (path: RepoPath): Promise<string> => text(await vault.readFile(base, path)) ?? '';
  const manifests = await Promise.all(
    manifestsAbove(changes, (path) => there.has(path)).map(async (path) => [path, await read(path)] as const),
  );
  const asked = mayBeSupport(changes, new Map(manifests));
  if (asked.length === 0) return new Set();
  const naming = await vault.mentions(
    base,
    asked.flatMap(({ needles }) => needles),
  );
  const texts = await Promise.all(asked.map(async ({ path, own }) => ({ path, own, text: await read(path) })));
  return new Set(texts.filter((each) => supportsTests(each, naming)).map(({ path }) => path));
}

function text(file: { readonly content: Buffer } | null): string | null {
  if (!file) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.content);
  } catch {
    return null;
  }
}
