import { exhaustedSentence, exhaustion, type Exhaustion, type SpendingAction } from '../budget/exhaust.ts';
import { limitsOf, type Limits, type Used } from '../budget/figures.ts';
import { momentOf, type CheckpointLabel, type Moment, type Phase } from '../budget/moment.ts';
import type { Timestamp } from '../ids.ts';
import { cleanLine } from '../text/clean.ts';
import { end } from '../judge/intents.ts';
import type { GoalEvent } from '../goal/event.ts';
import type { Intent } from '../goal/intent.ts';
import { needed } from './reservation.ts';
import { spendingAction } from '../goal/spending.ts';
import { lastAttempt, lastTurn, type GoalState } from '../goal/state.ts';
import type { TerminalStatus } from '../status.ts';
import { admission, taskExhaustion, taskOf } from './task-budget.ts';

export const usedOf = ({ budget }: GoalState, secs: bigint): Used => ({
  secs,
  tokens: budget.ledger.tokens,
  picoUsd: budget.ledger.picoUsd,
});

export type GuardResult =
  | { readonly kind: 'free' }
  | {
      readonly kind: 'spent';
      readonly action: SpendingAction;
      readonly exhaustion: Exhaustion;
      readonly limits: Limits;
    }
  | { readonly kind: 'unknown_cost'; readonly text: string }
  | { readonly kind: 'invalid'; readonly text: string };

/** Before anything is spent: whether the budgets allow what comes next. `secs` since the goal was created. */
export function guard(state: GoalState, intents: readonly Intent[], secs: bigint): GuardResult {
  const spending = intents.flatMap((intent) => {
    const action = spendingAction(intent);
    return action === null ? [] : [{ action, task: taskOf(state, intent), starts: intent.kind === 'start_attempt' }];
  });
  const [first] = spending;
  if (!first) return { kind: 'free' };
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return result;
  const { limits } = result;
  // A task whose share is used up is no reason to stop where another goes on.
  const over = spending.map(
    ({ task, starts }) => overLimit(state, limits, secs, task) ?? (starts ? refusal(state, limits, secs, task) : null),
  );
  const [spent] = over.includes(null) ? [] : over;
  if (spent) return { kind: 'spent', action: first.action, exhaustion: spent, limits };
  const unknown = state.created?.options.requireKnownCost === true && state.budget.ledger.unknownCost > 0;
  return unknown ? { kind: 'unknown_cost', text: unknownCost(state) } : { kind: 'free' };
}

/** The budget that is spent: one of the goal's, else the share of the task. */
export const overLimit = (state: GoalState, limits: Limits, secs: bigint, task: string | null): Exhaustion | null =>
  exhaustion(limits, usedOf(state, secs)) ?? (task === null ? null : taskExhaustion(state, limits, task));

/** Why a task is not let in, where something is left and not enough for what it reserves. */
function refusal(state: GoalState, limits: Limits, secs: bigint, task: string | null): Exhaustion | null {
  if (task === null) return null;
  const result = admission(state, limits, usedOf(state, secs), { task, reservation: needed(state) });
  if (result.kind === 'accepted') return null;
  const { source, reason } = result;
  return { source, detail: reason, refused: { task, taskSecs: String(result.secs), reason } };
}

function unknownCost({ budget }: GoalState): string {
  const model = [...budget.ledger.told].find((each) => each.picoUsd === null)?.model ?? null;
  return (
    `--require-known-cost: the cost of ` +
    `${model === null ? 'what the agent used' : `model ${cleanLine(model)}`} is unknown, so nothing more ` +
    `is spent`
  );
}

/** The end of a goal that asked for known costs. */
export const unknownCostEnd = (state: GoalState, text: string): Intent =>
  end(state, 'blocked_on_external', {
    code: 'COST_UNKNOWN',
    text,
    fix: 'set [prices."<model>"] input and output (dollars for a million tokens) in your config.toml, and start a new goal',
  });

/** Where a goal stands, in the words of 0.5.0. */
export function phaseOf(state: GoalState): Phase {
  if (state.integrated || state.status === 'ready') return 'proof';
  if (!state.policy) return 'intake';
  if (!state.plan) return 'planning';
  const attempt = lastAttempt(state);
  if (!attempt) return 'decomposition';
  return attempt.ended === 'accepted' ? 'verification_design' : 'execution';
}

/** The label of what ended a goal. */
export function endLabel(state: GoalState, status: TerminalStatus): CheckpointLabel {
  if (status === 'ready') return 'integration_decision';
  if (status === 'needs_more_budget') return 'budget_exhausted';
  if (status === 'cancelled') return 'goal_cancelled';
  return lastTurn(state)?.snapshot === null ? 'execute_completed' : 'verify_completed';
}

/** Where the budgets of a goal stand. */
export const momentNow = (state: GoalState, limits: Limits, secs: bigint, at: Timestamp): Moment =>
  momentOf({ status: state.status, phase: phaseOf(state), at }, limits, usedOf(state, secs));

export const checkpoint = (moment: Moment, label: CheckpointLabel): GoalEvent => ({
  type: 'budget.checkpoint',
  data: { ...moment, label },
});

/** What is recorded when a budget is spent, the end of this stretch of work last. */
export function exhaustedEvents(
  state: GoalState,
  hit: Extract<GuardResult, { kind: 'spent' }>,
  secs: bigint,
  at: Timestamp,
): readonly GoalEvent[] {
  const goal = state.created?.goal ?? '';
  const moment: Moment = { ...momentNow(state, hit.limits, secs, at), status: 'needs_more_budget' };
  const { source, refused } = hit.exhaustion;
  const flag = { time: '--time 30m', tokens: '--tokens 100000', cost: '--usd 5' }[source];
  const ended = end(state, 'needs_more_budget', {
    code: 'BUDGET_EXHAUSTED',
    text: exhaustedSentence(goal, hit.action, hit.exhaustion),
    fix: `omk goal budget-add ${goal} ${flag}, then omk goal resume ${goal}`,
  });
  return [
    { type: 'budget.exhausted', data: { ...moment, action: hit.action, source, ...(refused ? { refused } : {}) } },
    checkpoint(moment, 'budget_exhausted'),
    ...(ended.kind === 'record' ? [ended.event] : []),
  ];
}
