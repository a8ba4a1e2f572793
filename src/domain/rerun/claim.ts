import type { Purpose } from '../gates/evidence.ts';
import type { TreeId } from '../ids.ts';

/**
 * `signed`: nothing but the signature says it. `reproduced`: seen here, too. `diverged`: something else was seen here.
 * `not_reproducible`: this machine could not tell, and `why` says why.
 */
export type ClaimState = 'signed' | 'reproduced' | 'diverged' | 'not_reproducible';

/** One thing that a proof says, and what came of looking for it again. */
export interface Claim {
  readonly about:
    | 'base'
    | 'candidate'
    | 'tree'
    | 'dependencies'
    | 'run'
    | 'command'
    | 'verdict'
    | 'status'
    | 'result'
    | 'turns'
    | 'answers';
  readonly gate: string | null;
  /** Of a run. */
  readonly run?: { readonly purpose: Purpose; readonly round: number; readonly tree: TreeId };
  readonly state: ClaimState;
  /** What is claimed, as words. */
  readonly text: string;
  readonly why?: string;
  /** What failed in one run here and passed in another. Absent: nothing. */
  readonly flaky?: readonly string[];
}
