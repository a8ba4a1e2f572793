import type { AttemptState, GoalState } from '../goal/state.ts';
import { followsTaskRules } from './rules.ts';
import type { Next, Rung } from '../goal/rung.ts';

/**
 * The next attempt at a task (or at the only one), from what became of those before it; null: none is left. `own`: its attempts,
 * `allowed`: how many the agent of the goal may make. The other agent has one more, once.
 */
export function nextOf(state: GoalState, own: readonly AttemptState[], allowed: number): Next | null {
  const isLeft = own.length < allowed;
  if (!followsTaskRules(state)) return isLeft ? {} : null;
  const failed = failedInRow(state, own);
  const last = own.at(-1);
  // Work that was sent back is done again by who did it.
  if (failed.length === 0) return isLeft ? ofAgent(last) : null;
  const hasOther = state.created?.options.fallbackAgent !== undefined && !failed.some(({ agent }) => agent);
  if (hasOther && (!isLeft || isBroken(failed))) return { rung: 'other_agent', agent: 'fallback' };
  if (!isLeft) return null;
  const rung = RUNGS[failed.length - 1];
  return { ...ofAgent(last), ...(rung === undefined ? {} : { rung }) };
}

const RUNGS: readonly (Rung | undefined)[] = ['fresh', 'smaller'];

const ofAgent = (attempt: AttemptState | undefined): Next => (attempt?.agent ? { agent: attempt.agent } : {});

/** The last attempts in a row that ended without a result, since a person last asked to go on. */
export function failedInRow({ resumedAt }: GoalState, own: readonly AttemptState[]): readonly AttemptState[] {
  const from = own.findLastIndex(
    ({ ended, turns }) =>
      ended === null || ended === 'accepted' || (turns.length > 0 && turns.every(({ endedAt }) => endedAt < resumedAt)),
  );
  return own.slice(from + 1);
}

/** An agent that is not there, or that failed twice in a row, gets no better by another summary. */
function isBroken(failed: readonly AttemptState[]): boolean {
  const outcome = failed.at(-1)?.turns.at(-1)?.outcome;
  if (outcome?.kind === 'unavailable') return true;
  return failed.length >= 2 && failed.slice(-2).every(({ ended }) => ended === 'agent_failed');
}

/** Whether another agent may go on where this one cannot. */
export const hasFallback = ({ created }: GoalState, attempt: AttemptState): boolean =>
  created?.options.fallbackAgent !== undefined && attempt.agent === undefined && followsTaskRules({ created });
