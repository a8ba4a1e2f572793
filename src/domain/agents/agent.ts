/** How an agent is started. `preset` names what it needs of the user's login and environment. */
export interface AgentSpec {
  readonly name: string;
  readonly preset: string | null;
  readonly argv: readonly [string, ...string[]];
  /** The model that it is put on. Absent: the one that it starts with. */
  readonly model?: string;
}

type TurnFailure = 'empty_turn' | 'agent_error' | 'crashed' | 'turn_timeout' | 'idle_timeout' | 'protocol';
/**
 * `overloaded`: the model's service does not answer just now. `slow`: no answer in the time to start.
 * `usage_limit` and `overloaded` are waited for.
 */
export type Unavailable = 'not_found' | 'not_logged_in' | 'usage_limit' | 'overloaded' | 'slow' | 'not_acp';

/** What a question is answered with that has no options. */
export type Wanted = 'text' | 'number' | 'integer';

/** A question of an agent, in its own words. */
export interface AgentQuestion {
  readonly title: string;
  /** Names of the answers it offers. */
  readonly options: readonly string[];
  /** It is answered in words or with a number; absent: with one of the options. */
  readonly wants?: Wanted;
}

/** What a person answered: the place of an option, or null for none of them. */
export interface AnsweredQuestion extends AgentQuestion {
  readonly chosen: number | null;
  /** What a person wrote, to a question that wants words or a number. */
  readonly text?: string;
}

/** The same question asked again is one question. */
export const sameQuestion = (a: AgentQuestion, b: AgentQuestion): boolean => subjectOf(a) === subjectOf(b);

export const subjectOf = ({ title, options }: AgentQuestion): string => [title, ...options].join('\n');

/** How one turn ended. What the agent said about it is not part of this. */
export type TurnOutcome =
  | { readonly kind: 'completed'; readonly stopReason: string }
  | { readonly kind: 'failed'; readonly reason: TurnFailure; readonly detail: string }
  | {
      readonly kind: 'unavailable';
      readonly reason: Unavailable;
      readonly detail: string;
      /** Nothing but a sentence of the agent says so. Absent: a status, a type or what omk saw does. */
      readonly said?: true;
    }
  /** It asked what only a person can answer, and was stopped. `further` is what else it asked at once. */
  | { readonly kind: 'asked'; readonly question: AgentQuestion; readonly further?: readonly AgentQuestion[] }
  | { readonly kind: 'cancelled' }
  /** omk itself died during the turn. */
  | { readonly kind: 'interrupted' };

/** Token counts an agent reported about itself: a claim. Absent means unknown, never zero. */
export interface ClaimedUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly costUsd?: number;
}
