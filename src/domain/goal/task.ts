import type { Gap } from './gap.ts';
import type { CommitId, RepoPath, TreeId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';

/** A commit with its tree. */
export interface Pin {
  readonly commit: CommitId;
  readonly tree: TreeId;
}

/** Work that came back, merged onto what the next attempt starts from; `paths`: where both sides are marked. */
export interface MergedWork {
  readonly attempt: number;
  readonly paths: readonly RepoPath[];
}

/** Why accepted work did not land: the evidence that the next attempt of its task is shown. */
export type ReturnReason =
  /** It does not merge onto the integrated head. `marked`, `why`: as the merge says. */
  | {
      readonly kind: 'conflict';
      readonly onto: TreeId;
      readonly paths: readonly RepoPath[];
      readonly marked?: TreeId;
      readonly why?: string;
    }
  /** It merges, and the merged tree does not hold. `beside`: tasks that landed since its attempt started. */
  | { readonly kind: 'red'; readonly tree: TreeId; readonly gaps: readonly Gap[]; readonly beside: readonly string[] };

interface Returned {
  readonly attempt: number;
  readonly candidate: TreeId;
  readonly why: ReturnReason;
}

/** Work that was accepted by itself and waits for its place in the queue. */
export interface Accepted {
  readonly attempt: number;
  /** The tree its attempt started from, and the tree it left. */
  readonly base: TreeId;
  readonly candidate: TreeId;
  /** Version of the state: the order of the queue. */
  readonly at: number;
}

/** What happened to one task. Its attempts are those of the goal that name it (`attemptsOf`); what it is now: `taskStatus`. */
export interface TaskState {
  readonly id: string;
  /** How many attempts may be started in all: a return and a resume add to it. */
  readonly allowed: number;
  readonly accepted: Accepted | null;
  /** Each time that accepted work did not land, the oldest first. */
  readonly returned: readonly Returned[];
  /** Its commit in the result; null until it landed. */
  readonly integrated: (Pin & { readonly attempt: number }) | null;
  /** The head that has all that it is to bring, so that it needs no agent; null: none is known. */
  readonly done: Pin | null;
  /** No attempt is left. */
  readonly givenUp: boolean;
}

/** The tasks of a plan as they begin; one that was there before stays what it was. */
export const tasksOfPlan = (plan: Plan, before: readonly TaskState[], allowed: number): readonly TaskState[] =>
  plan.tasks.map(
    ({ id }) =>
      before.find((each) => each.id === id) ?? {
        id,
        allowed,
        accepted: null,
        returned: [],
        integrated: null,
        done: null,
        givenUp: false,
      },
  );
