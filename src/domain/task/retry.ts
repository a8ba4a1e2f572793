import type { Intent } from '../goal/intent.ts';
import { attemptsOf } from '../goal/attempts.ts';
import type { AttemptState, GoalState, TurnState } from '../goal/state.ts';
import { followsTaskRules } from './rules.ts';
import { failedInRow, nextOf } from './ladder.ts';

const FIRST_MS = 500;
const MOST_MS = 60_000;

/** How long to wait before an agent that failed is started anew: longer each time. `tries` from 0. */
export const retryMs = (tries: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, tries)));

/** The wait before a failed attempt ends, where the same agent is to try again; null where none is left. `state`: of the task. */
export function beforeRetry(state: GoalState, attempt: AttemptState, { turn, outcome }: TurnState): Intent | null {
  if (!followsTaskRules(state) || attempt.role !== undefined) return null;
  const waited = state.waits.some(
    (each) => each.attempt === attempt.attempt && each.turn === turn && each.waitedMs !== null,
  );
  if (waited || !mayGoOn(state, attempt)) return null;
  const detail = outcome?.kind === 'failed' ? outcome.detail : '';
  return {
    key: `retry:${attempt.attempt}:${turn}`,
    kind: 'wait',
    attempt: attempt.attempt,
    turn,
    why: 'retry',
    detail,
  };
}

function mayGoOn(state: GoalState, attempt: AttemptState): boolean {
  const allowed = state.tasks.find(({ id }) => id === state.focus?.task)?.allowed ?? state.attemptsAllowed;
  const own = state.attempts.map((each) => (each === attempt ? { ...each, ended: 'agent_failed' as const } : each));
  const next = nextOf(state, own, allowed);
  return next !== null && next.agent === attempt.agent;
}

/** How often an agent failed at the task of an attempt before it, in a row. */
export function failuresBefore(state: GoalState, number: number): number {
  const task = state.attempts.find(({ attempt }) => attempt === number)?.task ?? '';
  return failedInRow(
    state,
    attemptsOf(state, task).filter(({ attempt }) => attempt < number),
  ).length;
}
