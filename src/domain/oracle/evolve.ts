import type { DataOf, Disputed, GoalState } from '../goal/state.ts';
import { acceptedChecks } from '../held-out/evidence.ts';
import { pendingDispute } from './pending-dispute.ts';

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

/** A fresh session looks at the checks; until it has, there are none. */
export function checksDisputed(state: GoalState, data: DataOf<'checks.disputed'>): GoalState {
  const submission = acceptedChecks(state);
  return submission === null
    ? state
    : {
        ...state,
        plan: null,
        submissions: [],
        disputed: [...state.disputed, { ...data, submission, oracles: state.oracles.length }],
      };
}

/** The plan is made again, with the checks or without. Null: the attempt is no oracle's. */
export function oracleEnded(state: GoalState, { attempt, why }: DataOf<'attempt.ended'>): GoalState | null {
  if (!state.oracles.some((each) => each.attempt === attempt)) return null;
  const dispute = pendingDispute(state);
  const oracles = state.oracles.map((each) => (each.attempt === attempt ? { ...each, ended: why } : each));
  const next = { ...state, plan: null, oracles };
  if (dispute === null) return next;
  // Those of before stand, or the work that was done is judged by the corrected ones.
  return why === 'accepted' ? { ...next, attempts: judgedAgain(state) } : restored(next, dispute);
}

const restored = (state: GoalState, { submission }: Disputed): GoalState => ({
  ...state,
  submissions: [submission],
  measurements: state.measurements.filter(({ purpose }) => purpose !== 'oracle'),
});

/** What the last attempt left is taken again, with the checks as they are now. */
const judgedAgain = ({ attempts }: GoalState): GoalState['attempts'] =>
  attempts.map((each, at) =>
    at < attempts.length - 1
      ? each
      : {
          ...each,
          ended: null,
          reopened: each.reopened + 1,
          turns: each.turns.map((turn, n) => (n < each.turns.length - 1 ? turn : { ...turn, snapshot: null })),
        },
  );
