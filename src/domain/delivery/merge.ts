import type { CommitId } from '../ids.ts';
import type { MergeMethod, MergePolicy } from './delivery.ts';

interface CheckSeen {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'pending';
  readonly app: number | null;
}

/** What is known of a pull request before it is merged. */
export interface MergeSeen {
  readonly policy: MergePolicy;
  readonly pullRequest: {
    readonly state: 'open' | 'closed' | 'merged';
    readonly draft: boolean;
    readonly commit: CommitId;
    /** Null while the forge has not found out. */
    readonly mergeable: boolean | null;
  };
  /** The commit whose proof verifies. */
  readonly proven: CommitId;
  /** The base branch is where it was when the result was judged. */
  readonly baseIsProven: boolean;
  readonly checks: readonly CheckSeen[];
  readonly required: readonly { readonly name: string; readonly app: number | null }[];
  readonly queue: boolean;
  /** Ways that the repository and its rules allow, the preferred one first. */
  readonly methods: readonly MergeMethod[];
  readonly asked: MergeMethod | null;
}

export type MergeRefusal =
  | 'disabled'
  | 'closed'
  | 'draft'
  | 'head_moved'
  | 'base_moved'
  | 'conflict'
  | 'queue'
  | 'method'
  | 'checks_failed'
  | 'no_checks';

export type MergeStep =
  | { readonly kind: 'merge'; readonly commit: CommitId; readonly method: MergeMethod }
  /** It is merged: what came of it is compared with what was proven. */
  | { readonly kind: 'merged' }
  /** Checks that have not ended, or have not begun. */
  | { readonly kind: 'wait'; readonly checks: readonly string[] }
  | { readonly kind: 'refuse'; readonly why: MergeRefusal; readonly names: readonly string[] };

const refuse = (why: MergeRefusal, names: readonly string[] = []): MergeStep => ({ kind: 'refuse', why, names });

/** Whether a pull request may be merged now. Anything but a clear yes is a no, or a wait for what has not ended. */
export function nextMerge(seen: MergeSeen): MergeStep {
  const { pullRequest, proven, policy } = seen;
  if (pullRequest.state === 'merged') return { kind: 'merged' };
  if (policy === 'disabled') return refuse('disabled');
  if (pullRequest.state === 'closed') return refuse('closed');
  if (pullRequest.commit !== proven) return refuse('head_moved');
  if (pullRequest.draft) return refuse('draft');
  if (seen.queue) return refuse('queue');
  if (pullRequest.mergeable === false) return refuse('conflict');
  const method = seen.asked ?? seen.methods[0];
  if (method === undefined || !seen.methods.includes(method)) return refuse('method', seen.methods);
  const gate = policy === 'gated' ? gated(seen) : null;
  return gate ?? { kind: 'merge', commit: proven, method };
}

/** What stands between a gated merge and its commit; null: nothing. Without required checks all that report count, and one must. */
function gated({ checks, required, baseIsProven, pullRequest }: MergeSeen): MergeStep | null {
  if (!baseIsProven) return refuse('base_moved');
  const wanted = required.length > 0 ? required : checks.map(({ name }) => ({ name, app: null }));
  if (wanted.length === 0) return refuse('no_checks');
  const states = wanted.map(({ name, app }) => ({ name, state: stateOf(checks, name, app) }));
  const named = (state: CheckSeen['state']): readonly string[] => [
    ...new Set(states.filter((each) => each.state === state).map(({ name }) => name)),
  ];
  const failed = named('failed');
  if (failed.length > 0) return refuse('checks_failed', failed);
  const pending = named('pending');
  if (pending.length > 0) return { kind: 'wait', checks: pending };
  return pullRequest.mergeable === null ? { kind: 'wait', checks: ['whether it merges without conflict'] } : null;
}

/** Several reports under one name must all have passed; one that is not there has not begun. */
function stateOf(checks: readonly CheckSeen[], name: string, app: number | null): CheckSeen['state'] {
  const reports = checks.filter((check) => check.name === name && (app === null || check.app === app));
  if (reports.some(({ state }) => state === 'failed')) return 'failed';
  return reports.length > 0 && reports.every(({ state }) => state === 'passed') ? 'passed' : 'pending';
}
