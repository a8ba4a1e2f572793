import type { DataOf, GoalState } from '../goal/state.ts';

export const oracleStarted = (state: GoalState, data: DataOf<'attempt.started'>): GoalState => ({
  ...state,
  oracles: [...state.oracles, { ...data, turns: [], ended: null, reopened: 0 }],
});

/** Runs of checks that were handed in before say nothing of these. */
export const submitted = (state: GoalState, data: DataOf<'checks.submitted'>): GoalState => ({
  ...state,
  submissions: [...state.submissions, data],
  measurements: state.measurements.filter(({ purpose }) => purpose !== 'oracle'),
});

/** The plan is made again, with the checks or without. Null: the attempt is no oracle's. */
export const oracleEnded = (state: GoalState, { attempt, why }: DataOf<'attempt.ended'>): GoalState | null =>
  state.oracles.some((each) => each.attempt === attempt)
    ? {
        ...state,
        plan: null,
        oracles: state.oracles.map((each) => (each.attempt === attempt ? { ...each, ended: why } : each)),
      }
    : null;
