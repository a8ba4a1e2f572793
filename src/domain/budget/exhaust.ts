import type { Limits, Used } from './figures.ts';
import { dollars6 } from './money.ts';
import type { GoalId } from '../ids.ts';

/** What can spend, by the name the guard says. */
export type SpendingAction = 'plan' | 'verify' | 'execute' | 'turn' | 'review';
export type BudgetSource = 'time' | 'tokens' | 'cost';

export interface Exhaustion {
  readonly source: BudgetSource;
  readonly detail: string;
  /** Something is left, but not enough for this task. Absent: nothing is left. */
  readonly refused?: { readonly task: string; readonly taskSecs: string; readonly reason: string };
}

/** The first budget that is spent, in the order time, tokens, cost; null when all have something left. */
export function exhaustion(limits: Limits, used: Used): Exhaustion | null {
  const { time, tokens, picoUsd } = limits;
  if (time && used.secs >= time.secs)
    return { source: 'time', detail: `budget_time=${time.text}, elapsed=${used.secs}s` };
  if (tokens !== null && used.tokens >= tokens)
    return { source: 'tokens', detail: `budget_tokens=${tokens}, used_tokens=${used.tokens}` };
  if (picoUsd !== null && used.picoUsd >= picoUsd)
    return { source: 'cost', detail: `budget_usd=${dollars6(picoUsd)}, estimated_cost_usd=${dollars6(used.picoUsd)}` };
  return null;
}

/** The sentence an action fails with. */
export const exhaustedSentence = (goal: GoalId, action: string, { source, detail, refused }: Exhaustion): string =>
  `Goal '${goal}' needs more budget before running \`${action}\` (${source} ${refused ? 'too little' : 'exhausted'}: ${detail})`;
