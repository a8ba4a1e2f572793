import type { GoalState } from '../goal/state.ts';
import type { Submission } from './submission.ts';

type Read = Extract<Submission, { kind: 'read' }>;

/** What the last turn of an oracle handed in, where its rules hold so far. */
export function handedIn({ submissions }: GoalState): Read | null {
  const last = submissions.at(-1);
  return last?.kind === 'read' ? last : null;
}

/** The checks of an oracle that hold; null until they do. */
export function acceptedChecks(state: GoalState): Read | null {
  const last = handedIn(state);
  const attempt = state.oracles.find((each) => each.attempt === last?.attempt);
  return attempt?.ended === 'accepted' ? last : null;
}

/** An oracle ended without checks that hold, so a person says what shows the goal. */
export const hasNoOracle = ({ oracles, rejected }: GoalState): boolean => {
  const last = oracles.at(-1);
  return (
    last !== undefined && oracles.length > (rejected?.oracles ?? 0) && last.ended !== null && last.ended !== 'accepted'
  );
};
