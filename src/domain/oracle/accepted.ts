import { acceptedChecks } from '../held-out/evidence.ts';
import type { GoalState } from '../goal/state.ts';
import { isShareSpent } from './share.ts';

/** An oracle ended without checks that hold, or nothing is left of what may be spent before the work: a person says what shows the goal. */
export function hasNoOracle(state: GoalState): boolean {
  // A session that looked at them again may have left them as they are.
  if (acceptedChecks(state) !== null) return false;
  const { oracles, rejected } = state;
  const last = oracles.slice(rejected?.oracles ?? 0).at(-1);
  if (last === undefined) return isShareSpent(state);
  return last.ended !== null && last.ended !== 'accepted';
}
