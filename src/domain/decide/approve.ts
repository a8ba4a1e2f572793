import { end } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { isPlanApproved } from '../planner/approval.ts';
import { isPlannerInVain, isTooWeak, oracleLevel } from '../planner/level.ts';

/** A person has to approve the plan before a worker is paid, and has not. */
export function needsApproval(state: GoalState): boolean {
  const { approvePlan, requireOracle } = state.created?.options ?? {};
  const isAsked = approvePlan === true || (requireOracle === 'approved' && oracleLevel(state) === 'agent');
  return isAsked && state.attempts.length === 0 && !isPlanApproved(state);
}

/** What would show the goal is less than was asked for; null where it is enough. */
export function tooWeak(state: GoalState): Intent | null {
  return state.attempts.length > 0 || !isTooWeak(state) ? null : endTooWeak(state, saidBy(state));
}

/** The same before a session makes a plan that could not be enough; null where it could. */
export const tooWeakPlanned = (state: GoalState): Intent | null =>
  isPlannerInVain(state) ? endTooWeak(state, 'a plan of another session') : null;

const endTooWeak = (state: GoalState, what: string): Intent =>
  end(state, 'blocked_on_human', {
    code: 'ORACLE_TOO_WEAK',
    text: `${what} would show this goal, and --require-oracle asks for more (${state.created?.options.requireOracle ?? ''})`,
    fix: `a new omk run with ${stronger(state)}, or another --require-oracle`,
  });

/** What reaches it. */
const stronger = ({ created }: GoalState): string =>
  created?.options.requireOracle === 'given'
    ? '--check "<command that fails now and must pass>", --held-out <folder> or --plan <file>'
    : '--check "<command that fails now and must pass>" or --oracle agent';

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

function saidBy(state: GoalState): string {
  if (oracleLevel(state) === 'worker') return 'tests that the worker writes with its change';
  return state.plan?.ownTests === true ? 'tests that another session writes' : 'what another session chose';
}
