import type { GoalState } from '../goal/state.ts';
import type { Criterion } from '../plan/plan.ts';
import { isClassOfSession, isPlanOfSession } from './of-session.ts';
import { planFromPrompt } from './from-prompt.ts';
import { asked } from './document.ts';

/** Who says what shows a goal: a person or the repository, another session before the work, or the worker. */
export type OracleLevel = 'given' | 'agent' | 'worker';

export function oracleLevel(state: GoalState): OracleLevel {
  const { plan } = state;
  if (plan?.ownTests !== true) return isShownBySession(state) ? 'agent' : 'given';
  return plan.oracle === 'agent' ? 'agent' : 'worker';
}

const RANK = { worker: 0, agent: 1, approved: 1, given: 2 } as const;

/** What was asked for cannot be reached: tests of another session can still be approved. */
export const isTooWeak = (state: GoalState): boolean =>
  RANK[oracleLevel(state)] < RANK[state.created?.options.requireOracle ?? 'worker'];

/** No plan of a session can be what was asked for: a person's word is wanted, and nothing that one gave is red. */
export function isPlannerInVain(state: GoalState): boolean {
  const { created } = state;
  const options = asked(state);
  if (!created || !options || !isByNewRules(state) || options.requireOracle !== 'given') return false;
  return planFromPrompt({ ...state, asked: null, created: { ...created, options } })?.plan.ownTests === true;
}

/**
 * Whether all that shows a goal was chosen by the session that made its plan. A gate that is red on the base is no choice. A fact that
 * a person gave shows no fix and no feature, so where a session chose another kind of change, that session says that it is enough.
 */
function isShownBySession(state: GoalState): boolean {
  if (!isByNewRules(state) || !isPlanOfSession(state) || state.plan?.heldOut === true) return false;
  const planned = new Set(state.created?.options.plan?.document.criteria.map(({ id }) => id));
  const isChosen = (each: Criterion): boolean =>
    !('gate' in each) && (planned.has(each.id) || (each.kind === 'fact' && isClassOfSession(state)));
  const shows = (state.plan?.criteria ?? []).filter(({ keep }) => keep !== true);
  return shows.length > 0 && shows.every(isChosen);
}

/** Logs of before took whatever a plan of a session named as given. */
const isByNewRules = ({ created }: GoalState): boolean => (created?.options.oracleRules ?? 1) >= 4;
