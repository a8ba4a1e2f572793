import { withStarted } from '../../goal/attempts.ts';
import { oracleEnded, oracleStarted } from '../../oracle/evolve.ts';
import { plannerEnded, plannerStarted } from '../../planner/evolve.ts';
import { isOpenWait } from '../admit.ts';
import { attemptEnded } from '../evolve-tasks.ts';
import type { Folds } from './fold.ts';
import { inAttempt, inTurn } from './in-attempt.ts';

/** Attempts, their turns, and what they wait for. */
export const ATTEMPT_FOLDS: Folds<
  | 'attempt.started'
  | 'attempt.ended'
  | 'turn.started'
  | 'session.opened'
  | 'turn.ended'
  | 'snapshot.taken'
  | 'wait.started'
  | 'wait.ended'
> = {
  'attempt.started': (state, data) => {
    if (data.role === 'planner') return plannerStarted(state, data);
    if (data.role === 'oracle') return oracleStarted(state, data);
    return { ...state, attempts: withStarted(state.attempts, { ...data, turns: [], ended: null, reopened: 0 }) };
  },
  'attempt.ended': (state, data) => plannerEnded(state, data) ?? oracleEnded(state, data) ?? attemptEnded(state, data),
  'turn.started': (state, { attempt: number, turn, prompt }) =>
    inAttempt(state, number, (attempt) => ({
      ...attempt,
      turns: [
        ...attempt.turns,
        { turn, prompt, outcome: null, endedAt: 0, session: null, sandbox: null, snapshot: null },
      ],
    })),
  'session.opened': (state, data) => inTurn(state, data, (turn) => ({ ...turn, session: data.session })),
  'turn.ended': (state, data) =>
    inTurn(state, data, (turn) => ({
      ...turn,
      outcome: data.outcome,
      endedAt: state.version,
      session: data.session ?? turn.session,
      sandbox: data.sandbox,
      ...(data.model === undefined ? {} : { model: data.model }),
      ...(data.handed ? { handed: data.handed } : {}),
    })),
  'snapshot.taken': (state, data) => inTurn(state, data, (turn) => ({ ...turn, snapshot: data.snapshot })),
  'wait.started': (state, data) => ({ ...state, waits: [...state.waits, { ...data, waitedMs: null }] }),
  'wait.ended': (state, data) => ({
    ...state,
    waits: state.waits.map((each) => (isOpenWait(each, data) ? { ...each, waitedMs: data.waitedMs } : each)),
  }),
};
