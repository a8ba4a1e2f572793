import type { Ledger, Reporting } from './ledger.ts';

/** A model call is taken to be no larger than this until a larger one was seen: the largest context windows of today. */
const LARGEST_CALL = 1_048_576n;
/** From crossing a limit to the death of the turn. */
const STOP_SECONDS = 5n;

/** How far past the token budget a goal can get. Null tokens: not bounded by tokens, because the agent does not report them in time. */
export interface Overshoot {
  readonly per: Reporting;
  readonly attempts: number;
  readonly tokens: bigint | null;
  readonly seconds: bigint;
}

/** How an agent tells its usage: the worst way seen so far; before anything was told, what is known of its preset. */
export function reportingOf({ entries }: Ledger, preset: string | null): Reporting {
  if (entries.length === 0) return preset === 'kimi' ? 'call' : 'unknown';
  for (const way of ['unknown', 'turn'] as const) if (entries.some((each) => each.reporting === way)) return way;
  return 'call';
}

/** One model call per attempt for an agent that tells each call, one turn for one that tells each turn. */
export function overshoot(ledger: Ledger, reporting: Reporting, attempts: number): Overshoot {
  const at = { per: reporting, attempts, seconds: STOP_SECONDS };
  const seen = ledger.largest[reporting];
  if (reporting === 'call') return { ...at, tokens: BigInt(attempts) * (seen > LARGEST_CALL ? seen : LARGEST_CALL) };
  return { ...at, tokens: null };
}

/** The bound as a sentence for people and proofs. */
export function overshootSentence({ per, attempts, tokens, seconds }: Overshoot): string {
  const each = attempts === 1 ? 'one attempt' : `${attempts} attempts at once`;
  const time = `a turn is stopped within ${seconds} s of a crossed limit`;
  if (per === 'call') return `at most one model call past the limit for ${each} (${tokens} tokens); ${time}`;
  if (per === 'turn') return `at most one turn past the limit for ${each}, because the agent tells its tokens only when a turn ends; ${time}`;
  return `not bounded by tokens, because the agent does not tell them; ${time} of time`;
}
