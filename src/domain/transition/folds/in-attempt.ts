import { withAttempt } from '../../goal/attempts.ts';
import type { AttemptState, GoalState, TurnState } from '../../goal/state.ts';

export const inAttempt = (
  state: GoalState,
  attempt: number,
  change: (attempt: AttemptState) => AttemptState,
): GoalState => ({
  ...state,
  attempts: withAttempt(state.attempts, attempt, change),
  planners: withAttempt(state.planners, attempt, change),
  oracles: withAttempt(state.oracles, attempt, change),
});

export const inTurn = (
  state: GoalState,
  at: { attempt: number; turn: number },
  change: (turn: TurnState) => TurnState,
): GoalState =>
  inAttempt(state, at.attempt, (attempt) => ({
    ...attempt,
    turns: attempt.turns.map((each) => (each.turn === at.turn ? change(each) : each)),
  }));
