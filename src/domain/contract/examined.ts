import type { OverlayEdit, Recipe } from '../gates/evidence.ts';
import type { PathChange } from '../git/snapshot.ts';
import type { BlobRef, RepoPath, TreeId } from '../ids.ts';
import type { SecretFinding } from '../secrets/finding.ts';
import type { TestChanges } from './labels/change.ts';
import type { AsksWhoRuns } from './asks-who-runs.ts';
import type { Suppression } from './suppressions.ts';

/** What a candidate changes, and the tree of the base's tests on its code. */
export interface Examined {
  readonly candidate: TreeId;
  readonly changes: readonly PathChange[];
  /** The tree of the base's tests on the candidate's code; equals `candidate` when no test or runner file changed. */
  readonly contract: { readonly tree: TreeId; readonly recipe: Recipe };
  /** Test and runner files the candidate changes, other than pure additions. */
  readonly contractChanges: readonly {
    readonly path: RepoPath;
    readonly change: 'edited' | 'deleted' | 'added';
  }[];
  /** Those of `contractChanges` that only a person can judge. Absent, as in logs of before: all. */
  readonly asks?: readonly RepoPath[];
  /** Test files of the base that lead to changed code: their tests must pass in every run. Absent, as in logs of before: none. */
  readonly meets?: readonly RepoPath[];
  /** The base's product under all else that the candidate changes. Absent: it changes nothing else, or as in logs of before. */
  readonly reversal?: { readonly tree: TreeId; readonly edits: readonly OverlayEdit[] };
  /** New files that hidden checks name, and so the product. Absent: none. */
  readonly named?: readonly RepoPath[];
  /** Test files that only gained tests. */
  readonly extended: readonly RepoPath[];
  readonly policyPaths: readonly RepoPath[];
  /** The rule set that made the contract, such as `judge/1`. Absent: a log from before they had names. */
  readonly rules?: string;
  /** From the base to the candidate; masked where `secrets` are named, so that it cannot be applied then. */
  readonly patch: BlobRef;
  /** What looks like a secret and was not in the base. Absent: nothing. */
  readonly secrets?: readonly SecretFinding[];
  /** Lines that switch off what a gate without tests said of the base. Absent: none, or not looked for. */
  readonly suppressions?: readonly Suppression[];
  /** Lines by which the product may be right only where it is tested. Absent: none, or a log of before. */
  readonly asksWhoRuns?: readonly AsksWhoRuns[];
  /** What became of the tests, as labels: they decide only whether tests have other names. Absent: nothing to tell. */
  readonly tests?: TestChanges;
}
