import type { Limits, Used } from './figures.ts';
import type { Ledger } from './ledger.ts';
import type { Reporting } from './usage-entry.ts';
import { dollars6 } from './money.ts';
import type { Amounts } from './reserve.ts';

/** From crossing a limit to the death of the turn. */
const STOP_SECONDS = 5n;

/** How far past one limit a goal can get. */
export interface Bound {
  /** What the agent tells at once, which may be past the limit before anybody can know. */
  readonly per: Reporting;
  /** For all attempts together; null: nothing bounds it. */
  readonly most: bigint | null;
  /** Why nothing bounds it; null where something does. */
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
export const worst = (seen: bigint, declared: bigint | null): bigint | null => {
  if (declared !== null && declared > seen) return declared;
  return seen > 0n ? seen : null;
};

/**
 * One report for each attempt, where the user declared how large a report can be (`declared`) and no report was larger: what
 * crosses the limit began before it was crossed. Without a declaration nothing bounds a report: the next can be larger than all
 * before it, and agents make calls in the background.
 */
export function overshoot(
  ledger: Ledger,
  agent: { readonly preset: string | null },
  declared: Amounts,
  attempts = 1,
): Overshoot {
  const bound = (per: Reporting, seen: Ledger['largest'], ceiling: bigint | null, setting: string): Bound => {
    const unbounded = (why: string): Bound => ({ per, most: null, why });
    if (per === 'unknown')
      return unbounded(ledger.told.size === 0 ? 'no usage reported yet' : 'the agent does not report all of its usage');
    if (ceiling === null) return unbounded(`${setting} is not set for the agent`);
    if (seen[per] > ceiling) return unbounded(`the agent reported more at once than ${setting} says`);
    return { per, most: ceiling * BigInt(Math.max(1, attempts)), why: null };
  };
  return {
    attempts,
    seconds: STOP_SECONDS,
    tokens: bound(tellsTokens(ledger, agent.preset), ledger.largest, declared.tokens, 'report_tokens'),
    picoUsd: bound(tellsCost(ledger, agent.preset), ledger.dearest, declared.picoUsd, 'report_usd'),
  };
}

/** The same for a goal that went further past its limits than the bound says: then it bounds nothing. */
export function checked(bounds: Overshoot, limits: Limits, used: Used): Overshoot {
  const held = (bound: Bound, limit: bigint | null, spent: bigint): Bound =>
    limit === null || bound.most === null || spent <= limit + bound.most
      ? bound
      : { ...bound, most: null, why: 'this goal has gone further past the limit already' };
  return {
    ...bounds,
    tokens: held(bounds.tokens, limits.tokens, used.tokens),
    picoUsd: held(bounds.picoUsd, limits.picoUsd, used.picoUsd),
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
    if (per === 'unknown' || most === null) return `past the ${name} limit: unbounded (${why})`;
    return `past the ${name} limit by at most ${NOUNS[per]}${each}: ${amount(most)}, as declared`;
  };
  return [
    ...(limited.tokens ? [say('token', tokens, (n) => `${n} tokens`)] : []),
    ...(limited.usd ? [say('USD', picoUsd, (n) => `$${dollars6(n)}`)] : []),
    `a turn is stopped within ${seconds} s of a crossed limit`,
  ].join('; ');
}
