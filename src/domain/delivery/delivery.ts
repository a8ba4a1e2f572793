import type { CommitId, GoalId, TreeId } from '../ids.ts';

/** A branch of a remote that has the result now. */
interface Pushed {
  /** `host/owner/name` of the repository, without credentials. */
  readonly repository: string;
  readonly branch: string;
  /** The branch that it is meant for. */
  readonly base: string;
  readonly commit: CommitId;
  readonly tree: TreeId;
  /** The goal that has the proof of this commit. Absent: the one whose log this is. */
  readonly judged?: GoalId;
}

/** A pull request as omk left it. */
export interface PullRequestRecord {
  readonly number: number;
  readonly url: string;
  readonly branch: string;
  readonly base: string;
  /** What the branch had then. */
  readonly commit: CommitId;
  readonly draft: boolean;
}

export const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const;
export type MergeMethod = (typeof MERGE_METHODS)[number];

/** What became of a pull request. */
interface Merged {
  readonly number: number;
  readonly url: string;
  /** The commit that the base branch has for it. */
  readonly commit: CommitId;
  readonly tree: TreeId;
  /** The tree that was proven. */
  readonly proven: TreeId;
}

export const MERGE_POLICIES = ['disabled', 'manual', 'gated'] as const;
/**
 * Who may merge. `disabled`: nobody by omk. `manual`: a person who asks, as far as the rules of the forge allow. `gated`: only the
 * commit whose required checks passed, on top of the base that it was judged with.
 */
export type MergePolicy = (typeof MERGE_POLICIES)[number];

/** What a run does with a ready result, as the user said when it was started. */
export interface DeliveryOptions {
  /** Absent: nothing is delivered before it is asked for. */
  readonly policy?: 'draft-pr' | 'auto-pr';
  /** Absent: not said, so it is merged only when a person asks for it. */
  readonly merge?: MergePolicy;
  /** False: the proof stays on this machine. */
  readonly proof?: false;
}

/** How far the result of a goal got outside of this machine. */
export interface Delivery {
  readonly pushed: Pushed | null;
  readonly pullRequest: PullRequestRecord | null;
  readonly merged: Merged | null;
}

export const NOT_DELIVERED: Delivery = { pushed: null, pullRequest: null, merged: null };

/** What happened to a result after its proof. None of it changes a verdict. */
export type DeliveryEvent =
  | { readonly type: 'delivery.pushed'; readonly data: Pushed }
  | { readonly type: 'delivery.pr_opened'; readonly data: PullRequestRecord }
  | { readonly type: 'delivery.pr_updated'; readonly data: PullRequestRecord }
  | { readonly type: 'delivery.merged'; readonly data: Merged };

/** Where a goal came from, when it goes on with something that was delivered, asked for or begun elsewhere. */
export type Origin =
  /** Checks that failed and comments on the pull request of another goal. `round` counts from 1. */
  | {
      readonly kind: 'pull_request';
      readonly goal: GoalId;
      readonly number: number;
      readonly url: string;
      readonly branch: string;
      readonly base: string;
      readonly round: number;
    }
  /** The result of another goal, merged with what its base branch has since. */
  | { readonly kind: 'moved_base'; readonly goal: GoalId; readonly branch: string }
  | { readonly kind: 'issue'; readonly number: number; readonly url: string }
  /**
   * The work that another goal had after a turn, or that its tasks had landed: every attempt begins with it. `seq`: events of its log
   * until then.
   */
  | {
      readonly kind: 'fork';
      readonly goal: GoalId;
      readonly seq: number;
      /** Absent, as is `turn`: what several tasks had landed. */
      readonly attempt?: number;
      readonly turn?: number;
      /** Which of several tasks the turn worked on. Absent: there is one, or all of them. */
      readonly task?: string;
      readonly start: { readonly commit: CommitId; readonly tree: TreeId };
      /** What the agent is told to do differently. Absent: nothing. */
      readonly differently?: string;
    };

export function afterDelivery(delivery: Delivery, event: DeliveryEvent): Delivery {
  switch (event.type) {
    case 'delivery.pushed':
      return { ...delivery, pushed: event.data };
    case 'delivery.pr_opened':
    case 'delivery.pr_updated':
      return { ...delivery, pullRequest: event.data };
    case 'delivery.merged':
      return { ...delivery, merged: event.data };
  }
}

/** Why an event of a delivery cannot follow, or null when it can. */
export function wrongDelivery({ pushed, pullRequest, merged }: Delivery, event: DeliveryEvent): string | null {
  if (merged !== null) return 'the result is merged already';
  switch (event.type) {
    case 'delivery.pushed':
      return null;
    case 'delivery.pr_opened':
      return pushed === null ? 'nothing was pushed yet' : null;
    case 'delivery.pr_updated':
    case 'delivery.merged':
      return pullRequest?.number === event.data.number ? null : 'that pull request was not opened';
  }
}
