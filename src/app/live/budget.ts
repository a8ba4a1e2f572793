import { formatDuration } from '../../domain/budget/duration.ts';
import { limitsOf, remainingOf, type Limits, type Used } from '../../domain/budget/figures.ts';
import type { Ledger } from '../../domain/budget/ledger.ts';
import { dollars6 } from '../../domain/budget/money.ts';
import { usedOf } from '../../domain/decide/budget.ts';
import type { GoalState } from '../../domain/goal/state.ts';

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

/** How the budgets stand, for a line, a bar or a page. */
export type BudgetSeen =
  | { readonly kind: 'invalid'; readonly text: string }
  | ({ readonly kind: 'rows'; readonly rows: readonly BudgetRow[] } & Unknown);

/** Budgets that bind, and tokens where any were used. */
export function budgetSeen(state: GoalState, secs: bigint): BudgetSeen {
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return { kind: 'invalid', text: result.text };
  const used = usedOf(state, secs);
  const rows = budgetRows(result.limits, used, state.budget.ledger).filter(
    (row) => row.spent !== null || (row.name === 'tokens' && used.tokens > 0n),
  );
  const { unknownTokens, unknownCost } = state.budget.ledger;
  return { kind: 'rows', rows, unknownTokens, unknownCost };
}

const grouped = (n: bigint): string => n.toString().replace(/\B(?=(\d{3})+$)/gu, ',');
