import { end } from '../goal/decide-record.ts';
import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { isPlanApproved } from '../oracle/approval.ts';

/** A person has to approve the plan before a worker is paid, and has not. */
export const needsApproval = (state: GoalState): boolean =>
  state.created?.options.approvePlan === true && state.attempts.length === 0 && !isPlanApproved(state);

/** The plan waits for a person; null where it need not. */
export function awaitApproval(state: GoalState): Intent | null {
  if (!needsApproval(state)) return null;
  const goal = state.created?.goal ?? '';
  return end(state, 'blocked_on_human', {
    code: 'PLAN_NOT_APPROVED',
    text: 'the plan waits for your approval, and no worker is paid before',
    fix: `omk goal plan ${goal}, then omk goal plan --approve ${goal} and omk goal resume ${goal}; or --edit, or --reject "<why>"`,
  });
}
