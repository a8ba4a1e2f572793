import type { GoalState } from '../goal/state.ts';

/** An oracle ended without checks that hold, so a person says what shows the goal. */
export const hasNoOracle = ({ oracles, rejected }: GoalState): boolean => {
  const last = oracles.at(-1);
  return (
    last !== undefined && oracles.length > (rejected?.oracles ?? 0) && last.ended !== null && last.ended !== 'accepted'
  );
};
