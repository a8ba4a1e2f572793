import type { WaitedFor } from '../goal/waited-for.ts';
import type { Intent } from '../goal/intent.ts';
import { end } from '../judge/intents.ts';
import { lastTurn, type AttemptState, type GoalState, type TurnState, type WaitState } from '../goal/state.ts';

/** What an agent says of itself that it cannot work for. */
type Limit = Exclude<WaitedFor, 'retry'>;

const DEFAULT_MAX_WAIT_MS = 6 * 3_600_000;
/** A service that does not answer for so long needs a person. */
const MAX_OVERLOAD_MS = 3_600_000;

export function maxWaitOf({ created }: GoalState, why: WaitedFor): number {
  const allowed = created?.options.maxWaitMs ?? DEFAULT_MAX_WAIT_MS;
  return why === 'overloaded' ? Math.min(allowed, MAX_OVERLOAD_MS) : allowed;
}

/** What a turn met that is waited for; null when it met no such thing. */
export const metLimit = ({ outcome }: TurnState): Limit | null =>
  outcome?.kind === 'unavailable' && (outcome.reason === 'usage_limit' || outcome.reason === 'overloaded')
    ? outcome.reason
    : null;

/** Waits since the agent last worked: a limit that was met again and again is one wait. */
export function waitsInRow(state: GoalState, attempt: AttemptState): readonly WaitState[] {
  const from = attempt.turns.findLastIndex((turn) => metLimit(turn) === null && turn.outcome !== null);
  const numbers = attempt.turns.slice(from + 1).map((each) => each.turn);
  return state.waits.filter((each) => each.attempt === attempt.attempt && numbers.includes(each.turn));
}

export const waitedMs = (waits: readonly WaitState[]): number =>
  waits.reduce((sum, each) => sum + (each.waitedMs ?? 0), 0);

/**
 * What follows a turn that met the agent's usage limit, or an overload: a wait, the next turn (null), or the end
 * when the allowed wait is over.
 */
export function afterLimit(state: GoalState, attempt: AttemptState, turn: TurnState, why: Limit): Intent | null {
  const detail = turn.outcome?.kind === 'unavailable' ? turn.outcome.detail : '';
  const waits = waitsInRow(state, attempt);
  if (waits.some((each) => each.turn === turn.turn && each.waitedMs !== null)) return null;
  if (waitedMs(waits) >= maxWaitOf(state, why) && isTooLong(state, waits)) return limitEnd(state, why, detail);
  return {
    key: `wait:${attempt.attempt}:${turn.turn}`,
    kind: 'wait',
    attempt: attempt.attempt,
    turn: turn.turn,
    why,
    detail,
  };
}

const TRIES = 3;

/** Whether a limit past the allowed wait ends the goal now. What nothing but a sentence says is tried a few times first. */
export const isTooLong = (state: GoalState, waits: readonly WaitState[]): boolean =>
  !isOnlySaid(state) || waits.length >= TRIES;

/** Whether nothing but a sentence of the agent says what the last turn met. */
const isOnlySaid = (state: GoalState): boolean => {
  const outcome = lastTurn(state)?.outcome;
  return outcome?.kind === 'unavailable' && outcome.said === true;
};

const READS_LIKE: Readonly<Record<Limit, string>> = {
  usage_limit: 'a usage limit',
  overloaded: 'a service that does not answer',
};

/** A limit that lasts too long is a cause outside where a status or a type says so; else it is an agent that fails again and again. */
export function limitEnd(state: GoalState, why: Limit, detail: string): Intent {
  if (isOnlySaid(state))
    return end(state, 'failed_infra', {
      code: 'AGENT_FAILED',
      text: `the agent failed again and again; what it says reads like ${READS_LIKE[why]}: ${detail}`,
      fix: 'omk doctor, then omk goal resume, when what it says is over',
    });
  return end(
    state,
    'blocked_on_external',
    why === 'usage_limit'
      ? {
          code: 'AGENT_USAGE_LIMIT',
          text: `the agent's usage limit lasts longer than the allowed wait: ${detail}`,
          fix: 'omk goal resume, when the limit is over',
        }
      : {
          code: 'AGENT_OVERLOADED',
          text: `the service of the agent's model did not answer for longer than the allowed wait: ${detail}`,
          fix: 'omk goal resume, when the service works again',
        },
  );
}
