import type { CommitId } from '../ids.ts';
import type { BranchSeen } from './branch.ts';

/** A pull request as the forge shows it. */
interface PullRequestSeen {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  /** It has the marker of this goal, or of one that this goal goes on with. */
  readonly ours: boolean;
  readonly upToDate: boolean;
}

/** What is known before the next step of a delivery. */
export interface DeliverySeen {
  /** Candidates for the branch in order, with what the remote has under each name. */
  readonly branches: readonly { readonly name: string; readonly seen: BranchSeen }[];
  /** The pull request of the branch that would be used; null when there is none, or it was not looked for. */
  readonly pullRequest: (branch: string) => PullRequestSeen | null;
  readonly commit: CommitId;
}

export type DeliveryStep =
  | { readonly kind: 'push'; readonly branch: string }
  | { readonly kind: 'open'; readonly branch: string }
  | { readonly kind: 'update'; readonly branch: string; readonly number: number }
  | { readonly kind: 'done'; readonly branch: string; readonly number: number }
  | { readonly kind: 'refuse'; readonly why: 'closed' | 'merged' | 'not_ours'; readonly number: number }
  /** Every name has other content. */
  | { readonly kind: 'refuse'; readonly why: 'no_branch' };

/** The next step towards one open pull request that has the commit. Nothing is ever pushed over other content. */
export function nextDelivery({ branches, pullRequest }: DeliverySeen): DeliveryStep {
  const usable = branches.find(({ seen }) => seen.kind !== 'other');
  if (!usable) return { kind: 'refuse', why: 'no_branch' };
  const branch = usable.name;
  // A branch that is not there has no pull request to find, or one whose branch was deleted.
  const found = pullRequest(branch);
  if (found?.state === 'merged' || found?.state === 'closed')
    return found.ours
      ? { kind: 'refuse', why: found.state, number: found.number }
      : pushOrOpen(branch, usable.seen, null);
  if (found && !found.ours) return { kind: 'refuse', why: 'not_ours', number: found.number };
  return pushOrOpen(branch, usable.seen, found);
}

function pushOrOpen(branch: string, seen: BranchSeen, found: PullRequestSeen | null): DeliveryStep {
  if (seen.kind !== 'same') return { kind: 'push', branch };
  if (!found) return { kind: 'open', branch };
  return { kind: found.upToDate ? 'done' : 'update', branch, number: found.number };
}
