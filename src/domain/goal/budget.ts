import { exhaustedSentence, exhaustion, type Exhaustion, type SpendingAction } from '../budget/exhaust.ts';
import { limitsOf, type Limits, type Used } from '../budget/figures.ts';
import { wave, type Reservation } from '../budget/reserve.ts';
import { momentOf, type CheckpointLabel, type Moment, type Phase } from '../budget/moment.ts';
import type { Timestamp } from '../ids.ts';
import { end } from './decide-record.ts';
import type { GoalEvent } from './event.ts';
import type { Intent } from './intent.ts';
import { lastTurn, type GoalState } from './state.ts';

/** The action an intent spends for; null when it spends nothing. */
function spendingAction(intent: Intent): SpendingAction | null {
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
  | { readonly kind: 'unknown_cost'; readonly text: string }
  | { readonly kind: 'invalid'; readonly text: string };

/** Before anything is spent: whether the budgets allow what comes next. `secs` since the goal was created. */
export function guard(state: GoalState, intents: readonly Intent[], secs: bigint): GuardResult {
  const action = intents.map(spendingAction).find((each) => each !== null);
  if (action === undefined || action === null) return { kind: 'free' };
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return result;
  const spent = exhaustion(result.limits, usedOf(state, secs));
  if (spent === null && state.created?.options.requireKnownCost === true && state.budget.ledger.unknownCost > 0) return { kind: 'unknown_cost', text: unknownCost(state) };
  return spent === null ? { kind: 'free' } : { kind: 'spent', action, exhaustion: spent, limits: result.limits };
}

function unknownCost({ budget }: GoalState): string {
  const model = budget.ledger.entries.find((each) => each.picoUsd === null)?.model ?? null;
  return `--require-known-cost: the cost of ${model === null ? 'what the agent used' : `model ${model}`} is unknown, so nothing more is spent`;
}

/** What one more attempt may spend before the next look: as much as the largest report so far. */
function reservation({ budget }: GoalState): Reservation {
  const { call, turn } = budget.ledger.largest;
  const tokens = call > turn ? call : turn;
  return { tokens: tokens === 0n ? null : tokens, picoUsd: null };
}

/** The intents that fit into what is left: attempts that do not are left for later, never all of them. */
export function fitting(state: GoalState, intents: readonly Intent[], secs: bigint): readonly Intent[] {
  const result = limitsOf(state.budget.stored);
  const attempts = intents.filter((each) => each.kind === 'run_turn' || each.kind === 'start_attempt');
  if (result.kind === 'invalid' || attempts.length < 2) return intents;
  const fits = wave(result.limits, usedOf(state, secs), [], attempts.map(() => reservation(state)));
  const late = new Set<Intent>(attempts.slice(fits));
  return intents.filter((each) => !late.has(each));
}

/** The end of a goal that asked for known costs. */
export const unknownCostEnd = (state: GoalState, text: string): Intent =>
  end(state, 'blocked_on_external', { code: 'COST_UNKNOWN', text, fix: 'set [prices."<model>"] input and output (dollars for a million tokens) in your config.toml, and start a new goal' });

/** Where a goal stands, in one word. */
function phaseOf(state: GoalState): Phase {
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
