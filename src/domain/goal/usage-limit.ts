import type { Intent } from './intent.ts';
import { end } from './decide-record.ts';
import type { AttemptState, GoalState, TurnState, WaitState } from './state.ts';

const DEFAULT_MAX_WAIT_MS = 6 * 3_600_000;

export const maxWaitOf = ({ created }: GoalState): number => created?.options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;

export const metLimit = ({ outcome }: TurnState): boolean =>
  outcome?.kind === 'unavailable' && outcome.reason === 'usage_limit';

/** Waits since the agent last worked: a limit that was met again and again is one wait. */
export function waitsInRow(state: GoalState, attempt: AttemptState): readonly WaitState[] {
  const from = attempt.turns.findLastIndex((turn) => !metLimit(turn) && turn.outcome !== null);
  const numbers = attempt.turns.slice(from + 1).map((each) => each.turn);
  return state.waits.filter((each) => each.attempt === attempt.attempt && numbers.includes(each.turn));
}

export const waitedMs = (waits: readonly WaitState[]): number =>
  waits.reduce((sum, each) => sum + (each.waitedMs ?? 0), 0);

/** What follows a turn that met the agent's usage limit: a wait, the next turn (null), or the end when the allowed wait is over. */
export function afterLimit(state: GoalState, attempt: AttemptState, turn: TurnState): Intent | null {
  const detail = turn.outcome?.kind === 'unavailable' ? turn.outcome.detail : '';
  const waits = waitsInRow(state, attempt);
  if (waits.some((each) => each.turn === turn.turn && each.waitedMs !== null)) return null;
  if (waitedMs(waits) >= maxWaitOf(state)) return limitEnd(state, detail);
  return {
    key: `wait:${attempt.attempt}:${turn.turn}`,
    kind: 'wait',
    attempt: attempt.attempt,
    turn: turn.turn,
    detail,
  };
}

export const limitEnd = (state: GoalState, detail: string): Intent =>
  end(state, 'blocked_on_external', {
    code: 'AGENT_USAGE_LIMIT',
    text: `the agent's usage limit lasts longer than the allowed wait: ${detail}`,
    fix: 'omk goal resume, when the limit is over',
  });
