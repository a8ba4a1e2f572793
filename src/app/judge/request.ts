import type { GateRun } from '../../domain/evidence/assess.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { Expectation } from '../../domain/plan/given.ts';

export type JudgeNotice =
  | { readonly kind: 'event'; readonly event: LoggedEvent }
  | { readonly kind: 'gate_started'; readonly run: GateRun }
  | { readonly kind: 'step' | 'warning'; readonly text: string };

/** What is judged, and what it is measured by. */
export interface JudgeRequest {
  /** Any folder of the checkout. Absent: the current one. */
  readonly repository?: string;
  /** A range `A..B`, the index, or a tree or commit. Absent: the working tree, new files included. */
  readonly change?:
    | string
    | { readonly staged: true }
    | { readonly tree: string }
    /** By its number, of the repository that the remote is, or by its address. Asks the forge. */
    | { readonly pullRequest: string };
  /** The commit that the change is compared with. Absent: the merge base with the upstream branch, else HEAD. Not with a range. */
  readonly base?: string;
  /** A commit that HEAD was at before: the base is where HEAD left it. Only of the working tree, and not with `base`. */
  readonly since?: string;
  /** What it was meant to do. */
  readonly goal?: string;
  /** `fix`: a test or check must fail without it; `feature`: a test must guard it. Absent: nothing that passed may be lost. */
  readonly expect?: Expectation;
  /** Commands that must pass. */
  readonly checks?: readonly string[];
  /** A folder of tests laid over the change, which must fail on the base, or on the wrong solution. */
  readonly heldOut?: string;
  readonly heldOutWrong?: string;
  /** Gates that are red and may stay so. */
  readonly knownRed?: readonly string[];
  /** Ids of questions about this change that a person answers with yes. */
  readonly accept?: readonly string[];
  /** False: every gate is executed. */
  readonly cache?: boolean;
  readonly baseline?: 'once' | 'twice';
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted: the judgement is paused, and can be resumed. */
  readonly signal?: AbortSignal;
  /** What is going on, as it happens. Nothing is decided from it. */
  readonly notify?: (notice: JudgeNotice) => void;
  /** Tells of streams of the caller that can no longer be written, which the log says; returns the way to stop. */
  readonly onLost?: (
    tell: (lost: { readonly stream: 'stdout' | 'stderr'; readonly code: string }) => void,
  ) => () => void;
}
