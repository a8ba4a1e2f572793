import type { BudgetRow, BudgetSeen } from '../../../app/live/budget.ts';
import type { Limits } from '../../../domain/budget/figures.ts';
import type { ContractValue } from '../../../domain/budget/json.ts';
import { forecast, forecastSentence } from '../../../domain/budget/forecast.ts';
import { dollars6 } from '../../../domain/budget/money.ts';
import { overshootSentence } from '../../../domain/budget/overshoot.ts';
import { usedOf } from '../../../domain/decide/budget.ts';
import { sharesOfTasks } from '../../../domain/decide/task-budget.ts';
import { overshootOf } from '../../../domain/decide/reservation.ts';
import type { GoalState } from '../../../domain/goal/state.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

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
    ...taskNotes(state, limits),
    `usage is claimed by the agent; prices: ${prices}`,
  ];
}

/** What each task of several used of its share. */
const taskNotes = (state: GoalState, limits: Limits): readonly string[] =>
  sharesOfTasks(state, limits).map(({ task, used, share }) => {
    const tokens = used.unknownTokens > 0 ? 'unknown tokens' : `${used.tokens} tokens`;
    const usd = used.unknownCost > 0 ? 'cost unknown' : `$${dollars6(used.picoUsd)}`;
    const ofTokens = share.tokens === null ? '' : ` of ${share.tokens}`;
    const ofUsd = share.picoUsd === null ? '' : ` of $${dollars6(share.picoUsd)}`;
    return `task ${cleanLine(task)}: ${tokens}${ofTokens}, ${usd}${ofUsd}`;
  });

/** The same for programs, after the fields of the contract; nothing where there is one task. */
export function tasksShape(state: GoalState, limits: Limits): { readonly tasks?: ContractValue } {
  const tasks = sharesOfTasks(state, limits).map(({ task, used, share }) => ({
    task,
    used_tokens: used.tokens,
    budget_tokens: share.tokens,
    estimated_cost_usd: { pico: used.picoUsd },
    budget_usd: share.picoUsd === null ? null : { pico: share.picoUsd },
    unknown_token_calls: used.unknownTokens > 0 ? used.unknownTokens : null,
    unknown_cost_calls: used.unknownCost > 0 ? used.unknownCost : null,
    task_budget_secs: state.plan?.tasks.find(({ id }) => id === task)?.seconds,
  }));
  return tasks.length === 0 ? {} : { tasks };
}

const remedy = (model: string | null): string =>
  model === null
    ? 'the agent names no model that could have a price; a token or a time budget binds'
    : `set [prices.${JSON.stringify(cleanLine(model))}] input and output (dollars for a million tokens) in your config.toml`;

/** One line for the live view; null for a goal without budgets that has used nothing. */
export function budgetLine(seen: BudgetSeen): string | null {
  if (seen.kind === 'invalid') return seen.text;
  const { rows, unknownTokens, unknownCost } = seen;
  if (rows.length === 0) return null;
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
