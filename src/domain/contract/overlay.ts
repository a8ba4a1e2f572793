import type { OverlayEdit } from '../gates/evidence.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify, isTestCode } from './classify.ts';
import { isExtension, isWholeExtension } from './extension.ts';
import { holdsTestsInside, languageOf } from './languages.ts';
import { manifestContract } from './manifest.ts';
import type { ManifestContract } from './manifest-contract.ts';
import { isVendored } from './vendored.ts';
import { isToolCache } from './tool-caches.ts';
import { isRepointed } from './repointed.ts';

export interface ContractPlan {
  /** From the candidate to the tree of the base's tests on the candidate's code; empty: the candidate itself. */
  readonly edits: readonly OverlayEdit[];
  readonly merged: ReadonlyMap<RepoPath, string>;
  readonly changes: readonly { readonly path: RepoPath; readonly change: 'edited' | 'deleted' | 'added' }[];
  readonly extended: readonly RepoPath[];
  readonly policyPaths: readonly RepoPath[];
  /** Changes of tests that only a person can judge. All others of `changes` are settled by runs. */
  readonly asks: readonly RepoPath[];
  /** From the candidate to the base's product under all else that the candidate changes; empty: it changes nothing else. */
  readonly reversal: readonly OverlayEdit[];
}

/** Text of a path on both sides; null where it does not exist or is not text. */
export type ReadSides = (path: RepoPath) => { readonly base: string | null; readonly candidate: string | null };

const CHANGE = { modified: 'edited', deleted: 'deleted', added: 'added' } as const;

/**
 * What trust rule T6 does to a candidate, from its changed paths; `support` is what only tests of the base use, `denied` what is not shown
 * to be the product.
 */
export function planContract(
  changes: readonly PathChange[],
  read: ReadSides,
  support: ReadonlySet<RepoPath> = new Set(),
  denied: ReadonlySet<RepoPath> = new Set(),
): ContractPlan {
  const edits: OverlayEdit[] = [];
  const merged = new Map<RepoPath, string>();
  const contract: { path: RepoPath; change: 'edited' | 'deleted' | 'added' }[] = [];
  const extended: RepoPath[] = [];
  const policyPaths: RepoPath[] = [];
  const asks: RepoPath[] = [];
  const moved = movedTests(changes, read);
  const isTheirs = (path: RepoPath): boolean => !denied.has(path) && !support.has(path);
  const gone = new Set(changes.filter(({ change }) => change === 'deleted').map(({ path }) => path));
  const isGone = (path: RepoPath): boolean => gone.has(path);
  const restore = (path: RepoPath, change: PathChange['change']): void => {
    edits.push({ path, action: change === 'added' ? 'remove' : 'restore' });
    contract.push({ path, change: CHANGE[change] });
  };
  for (const { path, change, oldMode, newMode } of changes) {
    const kind =
      denied.has(path) && (isVendored(path) || classify(path, newMode) === 'source')
        ? 'runner'
        : classify(path, newMode);
    if (kind === 'policy') {
      policyPaths.push(path);
      edits.push({ path, action: change === 'added' ? 'remove' : 'restore' });
    } else if (kind === 'runner' || isToolCache(path) || (change !== 'added' && support.has(path))) {
      restore(path, change);
      if (support.has(path)) asks.push(path);
    } else if (kind === 'manifest') {
      const { base, candidate } = read(path);
      const isFile = newMode === '100644' || newMode === '100755';
      const known = isFile && candidate !== null && (base !== null || change === 'added');
      const apart = isFile || change === 'deleted' ? languageOf(path)?.testsInside : undefined;
      const other = (): ManifestContract =>
        known ? manifestContract(path, base, candidate, isGone) : { kind: 'restore' };
      const relation = apart ? apart(path, { base, candidate }, isWholeExtension) : other();
      if (relation.kind === 'restore') restore(path, change);
      if (relation.kind === 'merged') {
        edits.push({ path, action: 'merge' });
        merged.set(path, relation.text);
        if (relation.grew) extended.push(path);
        else contract.push({ path, change: CHANGE[change] });
        if (!relation.grew && !relation.settled && holdsTestsInside(path)) asks.push(path);
      }
    } else if (kind === 'test') {
      if (change === 'added') {
        // The base's tests alone judge the new code: what stands beside them could change what they meet.
        if (languageOf(path)?.takesOver?.test(read(path).candidate ?? '')) restore(path, change);
        else if (isTestCode(path)) edits.push({ path, action: 'remove' });
        continue;
      }
      const { base, candidate } = change === 'modified' ? read(path) : { base: null, candidate: null };
      if (oldMode === newMode && isRepointed(path, base, candidate, changes, isTheirs)) {
        extended.push(path);
        continue;
      }
      const grew = oldMode === newMode && base !== null && candidate !== null && isExtension(path, base, candidate);
      edits.push({ path, action: 'restore' });
      if (grew) extended.push(path);
      else contract.push({ path, change: CHANGE[change] });
      if (!grew && !moved.has(path)) asks.push(path);
    }
  }
  edits.unshift(...inTheWay(changes, edits));
  const isSettledByRuns = contract.some(({ path }) => !asks.includes(path) && !moved.has(path));
  const reversal = isSettledByRuns ? reversalOf(changes, edits) : [];
  return { edits, merged, changes: contract, extended, policyPaths, asks, reversal };
}

/** Test files that only lie elsewhere, with the same text. */
function movedTests(changes: readonly PathChange[], read: ReadSides): ReadonlySet<RepoPath> {
  const added = changes.filter(
    ({ path, change, newMode }) => change === 'added' && newMode === '100644' && isTestCode(path),
  );
  const texts = new Set(added.map(({ path }) => read(path).candidate));
  const gone = changes.filter(({ path, change }) => change === 'deleted' && isTestCode(path));
  return new Set(gone.map(({ path }) => path).filter((path) => read(path).base !== null && texts.has(read(path).base)));
}

/** Takes the product back: what the contract leaves to the candidate, and what is in one file with tests. Other manifests stay. */
function reversalOf(changes: readonly PathChange[], edits: readonly OverlayEdit[]): readonly OverlayEdit[] {
  const theirs = new Set(
    edits.filter(({ path, action }) => action !== 'merge' || !holdsTestsInside(path)).map(({ path }) => path),
  );
  const back = changes
    .filter(({ path }) => classify(path) === 'policy' || !theirs.has(path))
    .map(({ path, change }): OverlayEdit => ({ path, action: change === 'added' ? 'remove' : 'restore' }));
  return [...inTheWay(changes, back), ...back];
}

/** What the candidate put where a file of the base comes back: a file or link in place of its folder, or a folder in its place. */
export function inTheWay(changes: readonly PathChange[], edits: readonly OverlayEdit[]): readonly OverlayEdit[] {
  const back = edits.filter(({ action }) => action === 'restore').map(({ path }) => path);
  const edited = new Set(edits.map(({ path }) => path));
  return changes
    .filter(
      ({ path, change }) =>
        change === 'added' &&
        !edited.has(path) &&
        back.some((each) => each.startsWith(`${path}/`) || path.startsWith(`${each}/`)),
    )
    .map(({ path }) => ({ path, action: 'remove' }));
}
