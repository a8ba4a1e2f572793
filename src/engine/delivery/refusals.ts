import type { Delivery, PullRequestRecord } from '../../domain/delivery/delivery.ts';
import type { MergeRefusal, MergeStep } from '../../domain/delivery/merge.ts';
import type { DeliveryStep } from '../../domain/delivery/next.ts';
import type { ErrorCode } from '../../domain/error-code.ts';
import { OmkError } from '../../domain/error.ts';
import type { GoalId } from '../../domain/ids.ts';
import { cleanLine } from '../../domain/text/clean.ts';

/** Why no pull request is opened, as a sentence with its fix. */
export function deliveryRefusal(step: Extract<DeliveryStep, { kind: 'refuse' }>, goal: GoalId): OmkError {
  switch (step.why) {
    case 'no_branch':
      return new OmkError(
        'BRANCH_TAKEN',
        `Every name for the branch of goal '${goal}' has other content on the remote`,
        '--branch <another name>',
      );
    case 'closed':
      return new OmkError(
        'PR_CLOSED',
        `Pull request #${step.number} of goal '${goal}' was closed without being merged`,
        'reopen it, then run the command again; or --branch <another name> opens a new one',
        { exit: 3 },
      );
    case 'merged':
      return new OmkError(
        'PR_MERGED',
        `Pull request #${step.number} of goal '${goal}' is merged already`,
        `omk goal merge ${goal} records it`,
        { exit: 3 },
      );
    case 'not_ours':
      return new OmkError(
        'PR_NOT_OURS',
        `Pull request #${step.number} of this branch was not opened for goal '${goal}'`,
        '--branch <another name>',
        { exit: 3 },
      );
  }
}

/** A goal without a pull request that omk knows of, and what a person can do. */
export function noPullRequest(
  goal: GoalId,
  { pushed }: Pick<Delivery, 'pushed'>,
  next: { readonly pushed: (branch: string) => string; readonly none?: string },
): OmkError {
  return pushed === null
    ? new OmkError('PR_NONE', `Goal '${goal}' has no pull request yet`, next.none ?? `omk goal open-pr ${goal}`, {
        exit: 3,
      })
    : new OmkError(
        'PR_NONE',
        `Branch '${pushed.branch}' of goal '${goal}' is pushed to ${pushed.repository}, where omk opened no pull request`,
        next.pushed(pushed.branch),
        { exit: 3 },
      );
}

type Words = (names: string, goal: GoalId) => readonly [code: ErrorCode, text: string, fix: string];

const MERGE: Readonly<Record<MergeRefusal, Words>> = {
  disabled: (_, goal) => [
    'MERGE_DISABLED',
    `goal '${goal}' was started with --merge-policy disabled`,
    `omk goal merge ${goal} --merge-policy gated`,
  ],
  closed: (_, goal) => ['PR_CLOSED', 'it was closed without being merged', `reopen it, then omk goal merge ${goal}`],
  draft: (_, goal) => ['PR_DRAFT', 'it is a draft', `mark it as ready for review, then omk goal merge ${goal}`],
  head_moved: (_, goal) => [
    'PR_HEAD_MOVED',
    'its branch has another commit than the one that was proven',
    `omk judge tells what the branch has now; omk goal open-pr ${goal} --branch <another name> delivers what was proven`,
  ],
  base_moved: (_, goal) => [
    'BASE_MOVED',
    'its base branch has commits that the result was not judged with',
    `omk goal open-pr ${goal} judges it with them`,
  ],
  conflict: (_, goal) => [
    'PR_CONFLICT',
    'it does not merge without conflict',
    `a new omk run on the base as it is now; omk goal diff ${goal}`,
  ],
  queue: () => [
    'MERGE_QUEUE',
    'its base branch takes merges through a queue only',
    'put it into the queue on the web page',
  ],
  method: (names) => [
    'MERGE_METHOD',
    `that way to merge is not allowed; allowed: ${names || 'none'}`,
    '--method <one of these>',
  ],
  checks_failed: (names, goal) => ['CHECKS_FAILED', `checks failed: ${names}`, `omk goal resume ${goal} --from-pr`],
  no_checks: (_, goal) => [
    'CHECKS_NONE',
    'no check reports on its commit, so nothing but the proof stands for it',
    `omk goal merge ${goal} --merge-policy manual`,
  ],
};

/** Why a pull request is not merged, as a sentence with its fix. */
export function mergeRefusal(
  { why, names }: Extract<MergeStep, { kind: 'refuse' }>,
  { number }: PullRequestRecord,
  goal: GoalId,
): OmkError {
  const [code, text, fix] = MERGE[why](names.map((name) => cleanLine(name, 80)).join(', '), goal);
  return new OmkError(code, `Pull request #${number} is not merged: ${text}`, fix, { exit: why === 'method' ? 2 : 3 });
}
