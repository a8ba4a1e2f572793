import type { Ledger, Reporting } from './ledger.ts';
import { dollars6 } from './money.ts';
import type { Amounts } from './reserve.ts';

/** From crossing a limit to the death of the turn. */
const STOP_SECONDS = 5n;

/** How far past one limit a goal can get. */
export interface Bound {
  /** What the agent tells at once, which may be past the limit before anybody can know. */
  readonly per: Reporting;
  /** For all attempts together; null: unknown. */
  readonly most: bigint | null;
  /** Why it is unknown; null when it is known. */
  readonly why: string | null;
}

export interface Overshoot {
  /** How many attempts run at once. */
  readonly attempts: number;
  readonly seconds: bigint;
  readonly tokens: Bound;
  readonly picoUsd: Bound;
}

/** How an agent tells its tokens: the worst way seen so far; before anything was told, what is known of its preset. */
function tellsTokens({ told }: Ledger, preset: string | null): Reporting {
  if (told.size === 0) return preset === 'kimi' ? 'call' : 'unknown';
  for (const way of ['unknown', 'turn'] as const) if (told.findLast((each) => each.reporting === way)) return way;
  return 'call';
}

/** How its cost is known, told or priced: not at all as soon as one report has none. */
function tellsCost(ledger: Ledger, preset: string | null): Reporting {
  if (ledger.told.size === 0) return tellsTokens(ledger, preset);
  if (ledger.unknownCost > 0) return 'unknown';
  return ledger.dearest.turn > 0n ? 'turn' : 'call';
}

/** The most one report can be: the largest so far, or what the user declared where that is more; null: neither is known. */
export const worst = (seen: bigint, declared: bigint | null): bigint | null =>
  declared !== null && declared > seen ? declared : seen > 0n ? seen : null;

/**
 * One model call for each attempt where the agent tells each call, one turn where it tells each turn: what crosses the limit
 * began before it was crossed. `declared`: the most one report can be, as the user says.
 */
export function overshoot(
  ledger: Ledger,
  agent: { readonly preset: string | null },
  declared: Amounts,
  attempts = 1,
): Overshoot {
  const bound = (per: Reporting, seen: Ledger['largest'], ceiling: bigint | null): Bound => {
    if (per === 'unknown')
      return {
        per,
        most: null,
        why: ledger.told.size === 0 ? 'the agent has not told anything yet' : 'the agent does not tell all of it',
      };
    const each = worst(seen[per], ceiling);
    return each === null
      ? { per, most: null, why: `no ${per === 'call' ? 'model call' : 'turn'} has been told yet` }
      : { per, most: each * BigInt(Math.max(1, attempts)), why: null };
  };
  return {
    attempts,
    seconds: STOP_SECONDS,
    tokens: bound(tellsTokens(ledger, agent.preset), ledger.largest, declared.tokens),
    picoUsd: bound(tellsCost(ledger, agent.preset), ledger.dearest, declared.picoUsd),
  };
}

const NOUNS = { call: 'one model call', turn: 'one turn' } as const;

/** The bound of the named limits as a sentence for people. */
export function overshootSentence(
  { attempts, seconds, tokens, picoUsd }: Overshoot,
  limited: { readonly tokens: boolean; readonly usd: boolean },
): string {
  const each = attempts === 1 ? '' : ` for each of ${attempts} attempts at once`;
  const say = (name: string, { per, most, why }: Bound, amount: (n: bigint) => string): string => {
    if (per === 'unknown') return `past the ${name} limit by unknown: ${why}`;
    return `past the ${name} limit by at most ${NOUNS[per]}${each}: ${most === null ? `unknown, ${why}` : amount(most)}`;
  };
  return [
    ...(limited.tokens ? [say('token', tokens, (n) => `${n} tokens`)] : []),
    ...(limited.usd ? [say('USD', picoUsd, (n) => `$${dollars6(n)}`)] : []),
    `a turn is stopped within ${seconds} s of a crossed limit`,
  ].join('; ');
}
