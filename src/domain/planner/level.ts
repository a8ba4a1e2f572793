import type { GoalState } from '../goal/state.ts';

/** Who says what shows a goal: a person or the repository, another session before the work, or the worker. */
export type OracleLevel = 'given' | 'agent' | 'worker';

export function oracleLevel({ plan }: GoalState): OracleLevel {
  if (plan?.ownTests !== true) return 'given';
  return plan.oracle === 'agent' ? 'agent' : 'worker';
}

const RANK = { worker: 0, agent: 1, approved: 1, given: 2 } as const;

/** What was asked for cannot be reached: tests of another session can still be approved. */
export const isTooWeak = (state: GoalState): boolean =>
  RANK[oracleLevel(state)] < RANK[state.created?.options.requireOracle ?? 'worker'];
