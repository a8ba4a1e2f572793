import { nextAttempt, type DataOf, type GoalState } from '../goal/state.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { assessSubmission } from './assess.ts';

/** Why an oracle may not begin, or null. */
export function wrongOracle(state: GoalState, { attempt }: DataOf<'attempt.started'>): string | null {
  if (state.plan?.oracle !== 'agent') return 'the plan asks for no oracle';
  if (acceptedChecks(state)) return 'there are checks already';
  if (state.oracles.at(-1)?.ended === null) return 'an oracle works already';
  return attempt === nextAttempt(state) ? null : 'attempts are numbered one by one';
}

/** No worker begins before there is something to show. */
export const wrongWithoutChecks = (state: GoalState): string | null =>
  state.plan?.oracle === 'agent' && !acceptedChecks(state) ? 'the checks of the goal are not there yet' : null;

/** Why checks may not be handed in, or null. */
export function wrongSubmission(state: GoalState, { attempt, turn, tree }: DataOf<'checks.submitted'>): string | null {
  const open = state.oracles.at(-1);
  const last = open?.turns.at(-1);
  if (open?.attempt !== attempt || open.ended !== null || last?.turn !== turn || last.snapshot?.candidate !== tree)
    return 'no oracle left this tree';
  return state.submissions.some((each) => each.attempt === attempt && each.turn === turn) ? 'handed in already' : null;
}

/** Checks hold where the runs say so, and not because somebody does. */
export function wrongEnd(state: GoalState, { attempt, why }: DataOf<'attempt.ended'>): string | null {
  const isOracle = state.oracles.some((each) => each.attempt === attempt);
  return isOracle && why === 'accepted' && assessSubmission(state).kind !== 'accepted'
    ? 'the checks do not hold'
    : null;
}
