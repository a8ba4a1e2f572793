import type { TurnOutcome, Unavailable } from '../../../domain/agents/agent.ts';
import type { Preset } from '../presets/preset.ts';
import type { Stop } from './stops.ts';

/** A JSON-RPC error an agent answered with, or whatever broke on the way. */
export interface AgentError {
  readonly code: number | null;
  readonly message: string;
  /** `data` of the error as text. */
  readonly data: string;
}

const USAGE_LIMIT =
  /\b429\b|usage[ _-]?limit|rate[ _-]?limit|quota|too many requests|insufficient[ _-](?:credit|balance|funds)|billing/iu;
const NOT_LOGGED_IN =
  /\b401\b|unauthori[sz]ed|unauthenticated|authentication|auth[ _-]?required|not logged in|log ?in (?:first|required)|invalid api key|(?:missing|no) api key|credentials?/iu;
const AUTH_REQUIRED = -32000;

/** What an error of an agent means for the goal: an outside cause a person can mend, or a failed turn. */
export function outcomeOfError(error: AgentError, preset: Preset | null): TurnOutcome {
  const text = [error.message, error.data].filter((part) => part !== '').join(' ');
  if (USAGE_LIMIT.test(text)) return unavailable('usage_limit', text);
  if (error.code === AUTH_REQUIRED || NOT_LOGGED_IN.test(text)) {
    return unavailable(
      'not_logged_in',
      `${text || 'it asks for a login'}. Log in with \`${preset?.login ?? "the agent's own command"}\`.`,
    );
  }
  return { kind: 'failed', reason: 'agent_error', detail: text || `error ${error.code}` };
}

/** A prompt that was answered. An agent that did nothing did not complete anything, whatever it answered. */
export const outcomeOfAnswer = (stopReason: string, produced: boolean): TurnOutcome =>
  produced
    ? { kind: 'completed', stopReason }
    : {
        kind: 'failed',
        reason: 'empty_turn',
        detail: `the agent ended its turn (${stopReason}) without a word, a tool call or a change`,
      };

/**
 * What an agent's own session file says a turn failed with, where the protocol calls it ended: a usage limit is one,
 * whatever was said before it.
 */
export function outcomeWithFailure(outcome: TurnOutcome, failure: string | null): TurnOutcome {
  const ended = outcome.kind === 'completed' || (outcome.kind === 'failed' && outcome.reason === 'empty_turn');
  return ended && failure !== null && USAGE_LIMIT.test(failure) ? unavailable('usage_limit', failure) : outcome;
}

/** A turn that was stopped. `started` is whether the agent had answered `initialize`. */
export function outcomeOfStop(
  stop: Stop,
  context: {
    readonly started: boolean;
    readonly stderrTail: string;
    readonly preset: Preset | null;
    readonly turnTimeoutMs: number;
    readonly idleTimeoutMs: number;
  },
): TurnOutcome {
  switch (stop.kind) {
    case 'aborted':
      return { kind: 'cancelled' };
    case 'turn_timeout':
      return {
        kind: 'failed',
        reason: 'turn_timeout',
        detail: `the turn took longer than ${seconds(context.turnTimeoutMs)}`,
      };
    case 'idle_timeout':
      return {
        kind: 'failed',
        reason: 'idle_timeout',
        detail: `the agent sent nothing for ${seconds(context.idleTimeoutMs)}`,
      };
    case 'broken':
      return context.started ? { kind: 'failed', reason: 'protocol', detail: stop.why } : notAcp(stop.why, context);
    case 'exited': {
      const how = stop.end.kind === 'exited' ? `with code ${stop.end.code}` : `by ${stop.end.signal}`;
      if (!context.started) return notAcp(`the program ended ${how} before it answered`, context);
      return {
        kind: 'failed',
        reason: 'crashed',
        detail: sentence(`the agent ended ${how} during the turn`, context.stderrTail),
      };
    }
  }
}

const notAcp = (why: string, context: { readonly stderrTail: string; readonly preset: Preset | null }): TurnOutcome =>
  unavailable(
    'not_acp',
    sentence(context.preset?.needs == null ? why : `${why} (${context.preset.needs})`, context.stderrTail),
  );

const unavailable = (reason: Unavailable, detail: string): TurnOutcome => ({ kind: 'unavailable', reason, detail });

const sentence = (text: string, tail: string): string => (tail === '' ? text : `${text}: ${tail}`);

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
