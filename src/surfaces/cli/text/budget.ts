import { formatDuration } from '../../../domain/budget/duration.ts';
import { limitsOf, remainingOf, type Limits, type Used } from '../../../domain/budget/figures.ts';
import { forecast, forecastSentence } from '../../../domain/budget/forecast.ts';
import { dollars6 } from '../../../domain/budget/money.ts';
import type { Ledger } from '../../../domain/budget/ledger.ts';
import { overshootSentence } from '../../../domain/budget/overshoot.ts';
import { usedOf } from '../../../domain/goal/budget.ts';
import { overshootOf } from '../../../domain/goal/reservation.ts';
import type { GoalState } from '../../../domain/goal/state.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

export interface BudgetRow {
  readonly name: 'time' | 'tokens' | 'USD';
  readonly used: string;
  readonly total: string;
  readonly left: string;
  /** Thousandths that are spent; null without a limit. */
  readonly spent: number | null;
}

/** How many reports did not say their tokens, or have no known cost. */
export type Unknown = Pick<Ledger, 'unknownTokens' | 'unknownCost'>;
const ALL_KNOWN: Unknown = { unknownTokens: 0, unknownCost: 0 };

/** An amount of which a part is unknown is at least what is known of it, and where nothing is known it is unknown. */
export function knownPart(known: bigint, unknown: number, text: string): string {
  if (unknown === 0) return text;
  return known === 0n ? 'unknown' : `at least ${text}`;
}

const atMost = (unknown: number, text: string): string => (unknown === 0 ? text : `at most ${text}`);

/** The three budgets as rows for people. */
export function budgetRows(limits: Limits, used: Used, unknown: Unknown = ALL_KNOWN): readonly BudgetRow[] {
  const left = remainingOf(limits, used);
  const share = (part: bigint, whole: bigint): number =>
    whole === 0n || part >= whole ? 1000 : Number((part * 1000n) / whole);
  const none = { total: 'no limit', left: '', spent: null };
  return [
    {
      name: 'time',
      used: formatDuration(used.secs),
      ...(limits.time && left.secs !== null
        ? {
            total: limits.time.text,
            left: `${formatDuration(left.secs)} left`,
            spent: share(used.secs, limits.time.secs),
          }
        : none),
    },
    {
      name: 'tokens',
      used: knownPart(used.tokens, unknown.unknownTokens, grouped(used.tokens)),
      ...(limits.tokens !== null && left.tokens !== null
        ? {
            total: grouped(limits.tokens),
            left: atMost(unknown.unknownTokens, `${grouped(left.tokens)} left`),
            spent: share(used.tokens, limits.tokens),
          }
        : none),
    },
    {
      name: 'USD',
      used: knownPart(used.picoUsd, unknown.unknownCost, `$${dollars6(used.picoUsd)}`),
      ...(limits.picoUsd !== null && left.picoUsd !== null
        ? {
            total: `$${dollars6(limits.picoUsd)}`,
            left: atMost(unknown.unknownCost, `$${dollars6(left.picoUsd)} left`),
            spent: share(used.picoUsd, limits.picoUsd),
          }
        : none),
    },
  ];
}

const BAR = 20;
export const bar = (spent: number): string => {
  const full = Math.min(BAR, Math.floor((spent * BAR) / 1000));
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${Math.floor(spent / 10)} %`;
};

/** What the figures do not say, each as a sentence: unknown usage, budgets that cannot bind, the bound, the forecast. */
export function budgetNotes(state: GoalState, limits: Limits, secs: bigint, prices: string): readonly string[] {
  const { ledger } = state.budget;
  const tasks = state.plan?.tasks.length ?? 1;
  const done = state.attempts.filter((attempt) => attempt.ended === 'accepted').length;
  const next = state.status === 'running' ? forecast(limits, usedOf(state, secs), { done, total: tasks }) : null;
  const unpriced = [...new Set([...ledger.told].filter((each) => each.picoUsd === null).map((each) => each.model))];
  const models = unpriced.map((model) => (model === null ? 'a model the agent does not name' : cleanLine(model)));
  return [
    ...(next ? [forecastSentence(next, tasks)] : []),
    ...(ledger.unknownTokens > 0
      ? [
          `tokens of ${reports(ledger.unknownTokens)} are unknown: the agent does not tell ` +
            `them${limits.tokens === null ? '' : ', so the token budget cannot count them'}`,
        ]
      : []),
    ...(ledger.unknownCost > 0
      ? [`cost of ${reports(ledger.unknownCost)} is unknown (${models.slice(0, 3).join(', ')})`]
      : []),
    ...(ledger.unknownCost > 0 && limits.picoUsd !== null
      ? [
          `the USD budget cannot bind while a cost is unknown: ${remedy(unpriced.find((model) => model !== null) ?? null)}`,
        ]
      : []),
    ...(limits.tokens === null && limits.picoUsd === null
      ? []
      : [
          `overshoot: ${overshootSentence(overshootOf(state), { tokens: limits.tokens !== null, usd: limits.picoUsd !== null })}`,
        ]),
    `usage is claimed by the agent; prices: ${prices}`,
  ];
}

const remedy = (model: string | null): string =>
  model === null
    ? 'the agent names no model that could have a price; a token or a time budget binds'
    : `set [prices.${JSON.stringify(cleanLine(model))}] input and output (dollars for a million tokens) in your config.toml`;

/** One line for the live view; null for a goal without budgets that has used nothing. */
export function budgetLine(state: GoalState, secs: bigint): string | null {
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return result.text;
  const used = usedOf(state, secs);
  const rows = budgetRows(result.limits, used, state.budget.ledger).filter(
    (row) => row.spent !== null || (row.name === 'tokens' && used.tokens > 0n),
  );
  if (rows.length === 0) return null;
  const { unknownTokens, unknownCost } = state.budget.ledger;
  const unknown = {
    time: null,
    tokens: unknownTokens > 0 ? `${reports(unknownTokens)} without tokens` : null,
    USD: unknownCost > 0 ? `cannot bind: cost of ${reports(unknownCost)} unknown` : null,
  };
  const one = ({ name, used: so, total, spent }: BudgetRow): string => {
    if (spent === null) return `${name} ${so}`;
    const notes = [so === 'unknown' ? null : `${Math.floor(spent / 10)} %`, unknown[name]];
    return `${name} ${so} of ${total} (${notes.filter((note) => note !== null).join(', ')})`;
  };
  return `budget: ${rows.map(one).join(' · ')}`;
}

const reports = (n: number): string => `${n} report${n === 1 ? '' : 's'}`;

const grouped = (n: bigint): string => n.toString().replace(/\B(?=(\d{3})+$)/gu, ',');
