import { exhaustedSentence, exhaustion, type Exhaustion, type SpendingAction } from '../budget/exhaust.ts';
import { limitsOf, type Limits, type Used } from '../budget/figures.ts';
import { momentOf, type CheckpointLabel, type Moment, type Phase } from '../budget/moment.ts';
import type { Timestamp } from '../ids.ts';
import { end } from './decide-record.ts';
import type { GoalEvent } from './event.ts';
import type { Intent } from './intent.ts';
import { lastTurn, type GoalState } from './state.ts';

/** The action an intent spends for; null when it spends nothing. */
export function spendingAction(intent: Intent): SpendingAction | null {
  switch (intent.kind) {
    case 'run_gate':
      return intent.run.purpose === 'baseline' ? 'plan' : 'verify';
    case 'start_attempt':
      return 'execute';
    case 'run_turn':
      return 'turn';
    case 'record':
      return intent.event.type === 'plan.made' ? 'plan' : null;
    default:
      return null;
  }
}

export const usedOf = ({ budget }: GoalState, secs: bigint): Used => ({ secs, tokens: budget.ledger.tokens, picoUsd: budget.ledger.picoUsd });

export type GuardResult =
  | { readonly kind: 'free' }
  | { readonly kind: 'spent'; readonly action: SpendingAction; readonly exhaustion: Exhaustion; readonly limits: Limits }
  | { readonly kind: 'invalid'; readonly text: string };

/** Before anything is spent: whether the budgets allow what comes next. `secs` since the goal was created. */
export function guard(state: GoalState, intents: readonly Intent[], secs: bigint): GuardResult {
  const action = intents.map(spendingAction).find((each) => each !== null);
  if (action === undefined || action === null) return { kind: 'free' };
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return result;
  const spent = exhaustion(result.limits, usedOf(state, secs));
  return spent === null ? { kind: 'free' } : { kind: 'spent', action, exhaustion: spent, limits: result.limits };
}

/** Where a goal stands, in one word. */
export function phaseOf(state: GoalState): Phase {
  if (state.status === 'ready' || state.status === 'cancelled') return 'done';
  if (!state.plan) return 'planning';
  if (state.integrated) return 'integrating';
  const turn = lastTurn(state);
  return turn !== null && turn.snapshot !== null ? 'verifying' : 'executing';
}

/** Where the budgets of a goal stand. */
export const momentNow = (state: GoalState, limits: Limits, secs: bigint, at: Timestamp): Moment =>
  momentOf({ status: state.status, phase: phaseOf(state), at }, limits, usedOf(state, secs));

export const checkpoint = (moment: Moment, label: CheckpointLabel): GoalEvent => ({ type: 'budget.checkpoint', data: { ...moment, label } });

/** What is recorded when a budget is spent, the end of this stretch of work last. */
export function exhaustedEvents(state: GoalState, hit: Extract<GuardResult, { kind: 'spent' }>, secs: bigint, at: Timestamp): readonly GoalEvent[] {
  const goal = state.created?.goal ?? '';
  const moment: Moment = { ...momentNow(state, hit.limits, secs, at), status: 'needs_more_budget' };
  const flag = { time: '--time 30m', tokens: '--tokens 100000', cost: '--usd 5' }[hit.exhaustion.source];
  const ended = end(state, 'needs_more_budget', {
    code: 'BUDGET_EXHAUSTED',
    text: exhaustedSentence(goal, hit.action, hit.exhaustion),
    fix: `omk goal budget-add ${goal} ${flag}, then omk goal resume ${goal}`,
  });
  return [
    { type: 'budget.exhausted', data: { ...moment, action: hit.action, source: hit.exhaustion.source } },
    checkpoint(moment, 'budget_exhausted'),
    ...(ended.kind === 'record' ? [ended.event] : []),
  ];
}
