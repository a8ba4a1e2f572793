import type { TurnOutcome, Unavailable } from '../../../domain/agents/agent.ts';
import { readError, type AgentError, type ReadError } from '../../../domain/agents/errors/classify.ts';
import type { StartedAgent } from '../port.ts';
import type { Preset } from '../presets/preset.ts';
import type { Stop } from './stops.ts';

/**
 * What an error of an agent means for the goal: an outside cause that ends or that a person can mend, or a failed turn.
 * A sentence alone about a login is a failed turn, unless omk finds no login either.
 */
export function outcomeOfError(
  error: AgentError,
  preset: Preset | null,
  login: StartedAgent['login']['kind'],
): TurnOutcome {
  const data = error.data === undefined || error.data === null ? '' : JSON.stringify(error.data);
  const text = [error.message, data].filter((part) => part !== '').join(' ');
  const { kind, by } = readError(error);
  if (kind === 'other') return { kind: 'failed', reason: 'agent_error', detail: text || `error ${error.code}` };
  if (kind !== 'not_logged_in') return unavailable(kind, text, by);
  const command = `\`${preset?.login ?? "the agent's own command"}\``;
  if (by === 'sign') return unavailable(kind, `${text || 'it asks for a login'}. Log in with ${command}.`);
  if (login === 'none') return unavailable(kind, `${text}; no login was found here. Log in with ${command}.`);
  return {
    kind: 'failed',
    reason: 'agent_error',
    detail: `${text} (if that means that it is not logged in: log in with ${command})`,
  };
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
 * What an agent's own session file says a turn failed with, where the protocol calls it ended: a usage limit or an
 * overload is waited for, whatever was said before it.
 */
export function outcomeWithFailure(outcome: TurnOutcome, failure: string | null): TurnOutcome {
  const ended = outcome.kind === 'completed' || (outcome.kind === 'failed' && outcome.reason === 'empty_turn');
  if (!ended || failure === null) return outcome;
  const { kind, by } = readError({ code: null, message: failure, data: null });
  return kind === 'usage_limit' || kind === 'overloaded' ? unavailable(kind, failure, by) : outcome;
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
    case 'asked':
      return {
        kind: 'asked',
        question: stop.question,
        ...(stop.further.length === 0 ? {} : { further: stop.further }),
      };
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
    case 'slow':
      return unavailable(
        'slow',
        sentence(
          `no answer to \`initialize\` within ${seconds(stop.afterMs)}; where the agent needs longer to ` +
            `start, set start_timeout in [limits] of your configuration`,
          context.stderrTail,
        ),
      );
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

const unavailable = (reason: Unavailable, detail: string, by: ReadError['by'] = 'sign'): TurnOutcome => ({
  kind: 'unavailable',
  reason,
  detail,
  ...(by === 'sentence' ? { said: true } : {}),
});

const sentence = (text: string, tail: string): string => (tail === '' ? text : `${text}: ${tail}`);

const seconds = (ms: number): string => `${Math.round(ms / 100) / 10} s`;
