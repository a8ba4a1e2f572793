import type { GoalId, Timestamp } from '../ids.ts';
import { remainingOf, type Limits } from './figures.ts';
import { storedInteger } from './integer.ts';
import type { ContractValue } from './json.ts';
import {
  figuresOf,
  phaseWord,
  type Admitted,
  type Checkpoint,
  type Exhausted,
  type Extended,
  type Figures,
  type Moment,
} from './moment.ts';
import type { Bound, Overshoot } from './overshoot.ts';
import type { Tier } from './tier.ts';

/** The shapes other programs read, with the names and the order of docs/budget.md. Nulls are left out when written. */
type Shape = { readonly [key: string]: ContractValue | null };

const money = (pico: bigint | null): ContractValue | null => (pico === null ? null : { pico });

/** Where the budgets stand. */
function standing({ limits, used }: Figures): Shape {
  const left = remainingOf(limits, used);
  return {
    budget_time: limits.time?.text ?? null,
    total_budget_secs: limits.time?.secs ?? null,
    elapsed_since_created_secs: used.secs,
    remaining_budget_secs: left.secs,
    budget_tokens: limits.tokens,
    used_tokens: used.tokens,
    remaining_budget_tokens: left.tokens,
    budget_usd: money(limits.picoUsd),
    estimated_cost_usd: { pico: used.picoUsd },
    remaining_budget_usd: money(left.picoUsd),
  };
}

const where = ({ status, phase, at }: Moment): Shape => ({ status, phase: phaseWord(phase), recorded_at: at });

export const checkpointShape = (goal: GoalId, checkpoint: Checkpoint): Shape => ({
  version: 1,
  goal_id: goal,
  label: checkpoint.label,
  ...where(checkpoint),
  ...standing(figuresOf(checkpoint)),
});

const LEFT = {
  time: 'remaining_budget_secs',
  tokens: 'remaining_budget_tokens',
  cost: 'remaining_budget_usd',
} as const;

/** Event `goal_budget_exhausted`. Of the spent source nothing is left, also where it is only the share of a task. */
export const exhaustedShape = (event: Exhausted): Shape => ({
  action: event.action,
  ...where(event),
  budget_source: event.source,
  ...standing(figuresOf(event)),
  [LEFT[event.source]]: event.source === 'cost' ? { pico: 0n } : 0n,
});

/** Event `task_budget_refused`: what was left, and why it was not enough. */
export const refusedShape = (event: Exhausted, refused: NonNullable<Exhausted['refused']>): Shape => ({
  ...admittedShape(refused.task, { ...event, ...refused }),
  budget_source: event.source,
});

/** Event `task_budget_accepted`: where the budgets stood when a task was let in. */
export function admittedShape(task: string, event: Admitted): Shape {
  return {
    task,
    ...standing(figuresOf(event)),
    task_budget_secs: storedInteger(event.taskSecs),
    reason: event.reason,
    ...where(event),
  };
}

/** Event `goal_budget_extended`; the new values only of what was extended. */
export function extendedShape(event: Extended): Shape {
  const { limits, used } = figuresOf(event);
  const previous = figuresOf({ ...event, budget: event.previous }).limits;
  const { added } = event;
  const number = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    previous_budget_time: previous.time?.text ?? null,
    added_budget_time: added.time,
    added_budget_secs: number(added.secs),
    new_budget_time: added.secs === null ? null : (limits.time?.text ?? null),
    new_total_budget_secs: added.secs === null ? null : (limits.time?.secs ?? null),
    previous_budget_tokens: previous.tokens,
    added_budget_tokens: number(added.tokens),
    new_budget_tokens: added.tokens === null ? null : limits.tokens,
    previous_budget_usd: money(previous.picoUsd),
    added_budget_usd: money(number(added.picoUsd)),
    new_budget_usd: added.picoUsd === null ? null : money(limits.picoUsd),
    elapsed_since_created_secs: used.secs,
    used_tokens: used.tokens,
    estimated_cost_usd: { pico: used.picoUsd },
    ...where(event),
  };
}

/** One line of `cost.jsonl`: what one session of an agent cost. */
export interface CostSession {
  readonly sessionType: string;
  readonly name: string;
  readonly startedAt: Timestamp;
  readonly endedAt: Timestamp | null;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  readonly durationSecs: bigint;
  readonly picoUsd: bigint;
  /** Told by the agent itself; null: it did not. */
  readonly actualPicoUsd: bigint | null;
  readonly tier: Tier;
  /** Null: the agent names none. */
  readonly model: string | null;
  /** Reports whose cost nobody knows; they are not in `picoUsd`. */
  readonly unknownCost: number;
}

/** `goal_id`, `model` and `cost` are omk's own: they follow after the fields of the contract. */
export const costSessionShape = (goal: GoalId, session: CostSession): Shape => ({
  session_type: session.sessionType,
  name: session.name,
  started_at: session.startedAt,
  ended_at: session.endedAt,
  estimate: {
    input_tokens: session.inputTokens,
    output_tokens: session.outputTokens,
    duration_secs: session.durationSecs,
    worker_count: 1,
    estimated_usd: { pico: session.picoUsd },
    tier: session.tier,
  },
  actual_usd: money(session.actualPicoUsd),
  goal_id: goal,
  model: session.model,
  cost: session.unknownCost === 0 ? null : 'unknown',
});

export interface ReportInput extends Figures {
  readonly goal: GoalId;
  readonly generatedAt: Timestamp;
  readonly checkpoints: readonly Checkpoint[];
  readonly sessions: readonly CostSession[];
  readonly unknownCostCalls: number;
  readonly unknownTokenCalls: number;
  readonly overshoot: Overshoot;
}

/** The report of `omk goal budget --json`. What is not of the contract follows after it. */
export function reportShape(input: ReportInput): Shape {
  const { goal, sessions } = input;
  const { elapsed_since_created_secs: _elapsed, remaining_budget_secs: _left, ...stands } = standing(input);
  const checkpoints = input.checkpoints.map((each) => checkpointShape(goal, each));
  return {
    version: 1,
    goal_id: goal,
    generated_at: input.generatedAt,
    ...stands,
    latest: checkpoints.at(-1) ?? null,
    checkpoints,
    spent_usd: { pico: sessions.reduce((sum, each) => sum + each.picoUsd, 0n) },
    spent_tokens: sessions.reduce((sum, each) => sum + each.inputTokens + each.outputTokens, 0n),
    spent_seconds: sessions.reduce((sum, each) => sum + each.durationSecs, 0n),
    unknown_cost_calls: input.unknownCostCalls === 0 ? null : input.unknownCostCalls,
    unknown_token_calls: input.unknownTokenCalls === 0 ? null : input.unknownTokenCalls,
    overshoot: overshootShape(input.overshoot, input.limits),
  };
}

/** How far the limits that there are can be passed; null without one that an agent's usage can pass. */
export function overshootShape({ attempts, seconds, tokens, picoUsd }: Overshoot, limits: Limits): Shape | null {
  if (limits.tokens === null && limits.picoUsd === null) return null;
  const bound = ({ per, most, why }: Bound, value: (most: bigint) => ContractValue): Shape => ({
    per,
    at_most: most === null ? null : value(most),
    unbounded: why,
  });
  return {
    attempts,
    stopped_within_secs: seconds,
    tokens: limits.tokens === null ? null : bound(tokens, (most) => most),
    usd: limits.picoUsd === null ? null : bound(picoUsd, (pico) => ({ pico })),
  };
}
