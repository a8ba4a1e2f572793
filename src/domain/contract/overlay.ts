import type { OverlayEdit } from '../gates/evidence.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { RepoPath } from '../ids.ts';
import { classify } from './classify.ts';
import { isExtension } from './extension.ts';
import { manifestContract } from './manifest.ts';

export interface ContractPlan {
  /** From the candidate to the tree of the base's tests on the candidate's code; empty: the candidate itself. */
  readonly edits: readonly OverlayEdit[];
  readonly merged: ReadonlyMap<RepoPath, string>;
  readonly changes: readonly { readonly path: RepoPath; readonly change: 'edited' | 'deleted' | 'added' }[];
  readonly extended: readonly RepoPath[];
  readonly policyPaths: readonly RepoPath[];
}

/** Text of a path on both sides; null where it does not exist or is not text. */
export type ReadSides = (path: RepoPath) => { readonly base: string | null; readonly candidate: string | null };

const CHANGE = { modified: 'edited', deleted: 'deleted', added: 'added' } as const;

/** What trust rule T6 does to a candidate, from its changed paths. */
export function planContract(changes: readonly PathChange[], read: ReadSides): ContractPlan {
  const edits: OverlayEdit[] = [];
  const merged = new Map<RepoPath, string>();
  const contract: { path: RepoPath; change: 'edited' | 'deleted' | 'added' }[] = [];
  const extended: RepoPath[] = [];
  const policyPaths: RepoPath[] = [];
  const restore = (path: RepoPath, change: PathChange['change']): void => {
    edits.push({ path, action: change === 'added' ? 'remove' : 'restore' });
    contract.push({ path, change: CHANGE[change] });
  };
  for (const { path, change, oldMode, newMode } of changes) {
    const kind = classify(path);
    if (kind === 'policy') {
      policyPaths.push(path);
      edits.push({ path, action: change === 'added' ? 'remove' : 'restore' });
    } else if (kind === 'runner') {
      restore(path, change);
    } else if (kind === 'manifest') {
      if (change === 'added') continue;
      const { base, candidate } = read(path);
      const relation = base === null || candidate === null ? ({ kind: 'restore' } as const) : manifestContract(path, base, candidate);
      if (relation.kind === 'restore') restore(path, change);
      if (relation.kind === 'merged') {
        edits.push({ path, action: 'merge' });
        merged.set(path, relation.text);
        contract.push({ path, change: 'edited' });
      }
    } else if (kind === 'test') {
      if (change === 'added') {
        if (/func\s+TestMain\b/.test(read(path).candidate ?? '') && path.endsWith('_test.go')) restore(path, change);
        continue;
      }
      const { base, candidate } = change === 'modified' ? read(path) : { base: null, candidate: null };
      const grew = oldMode === newMode && base !== null && candidate !== null && isExtension(path, base, candidate);
      edits.push({ path, action: 'restore' });
      if (grew) extended.push(path);
      else contract.push({ path, change: CHANGE[change] });
    }
  }
  return { edits, merged, changes: contract, extended, policyPaths };
}
