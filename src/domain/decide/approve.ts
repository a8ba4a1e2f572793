import { end } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { isPlanApproved } from '../planner/approval.ts';
import { isTooWeak, oracleLevel } from '../planner/level.ts';

/** A person has to approve the plan before a worker is paid, and has not. */
export function needsApproval(state: GoalState): boolean {
  const { approvePlan, requireOracle } = state.created?.options ?? {};
  const isAsked = approvePlan === true || (requireOracle === 'approved' && oracleLevel(state) === 'agent');
  return isAsked && state.attempts.length === 0 && !isPlanApproved(state);
}

/** What would show the goal is less than was asked for; null where it is enough. */
export function tooWeak(state: GoalState): Intent | null {
  if (state.attempts.length > 0 || !isTooWeak(state)) return null;
  const required = state.created?.options.requireOracle ?? '';
  return end(state, 'blocked_on_human', {
    code: 'ORACLE_TOO_WEAK',
    text: `${WRITTEN_BY[oracleLevel(state)]} would show this goal, and --require-oracle asks for more (${required})`,
    fix: 'a new omk run with --check "<command that fails now and must pass>", --oracle agent, or another --require-oracle',
  });
}

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

const WRITTEN_BY = {
  given: 'what was given',
  agent: 'tests that another session writes',
  worker: 'tests that the worker writes with its change',
} as const;
