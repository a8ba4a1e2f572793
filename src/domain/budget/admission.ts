import type { BudgetSource } from './exhaust.ts';
import { remainingOf, type Limits, type Used } from './figures.ts';
import type { Amounts } from './reserve.ts';

/** Seconds that a task gets when it declares none. */
const DEFAULT_SECS = { planned: 900n, proposed: 300n } as const;

/** Who asked for the task: the plan, or an agent while it worked. */
type TaskOrigin = keyof typeof DEFAULT_SECS;

/** The most seconds one of several tasks may have of a goal's time. Null: no ceiling, for the only task and without a limit. */
export function timeCeiling(total: bigint | null, tasks: number): bigint | null {
  if (total === null || tasks < 2) return null;
  if (total < 60n) return larger(total, 1n);
  return larger(total / 4n, 60n);
}

export interface TaskRequest {
  /** Null: none declared. */
  readonly secs: bigint | null;
  readonly origin: TaskOrigin;
  /** The worst it is expected to spend; null: not known. */
  readonly reservation: Amounts;
  /** How many tasks the plan has, and whether no other is left after this one. */
  readonly tasks: number;
  readonly last: boolean;
}

export type Admission =
  | { readonly kind: 'accepted'; readonly secs: bigint; readonly reason: string }
  | { readonly kind: 'refused'; readonly source: BudgetSource; readonly secs: bigint; readonly reason: string };

/**
 * Whether a task fits into what is left: its seconds into the time, its reservation into tokens and dollars. The last task may
 * have all the time that is left, so that no part of a budget is out of reach.
 */
export function admitTask(limits: Limits, used: Used, request: TaskRequest): Admission {
  const left = remainingOf(limits, used);
  const ceiling = timeCeiling(limits.time?.secs ?? null, request.tasks);
  const wanted = smaller(request.secs ?? DEFAULT_SECS[request.origin], ceiling);
  const secs = request.last && left.secs !== null && left.secs < wanted ? left.secs : wanted;
  const refused = (source: BudgetSource, reason: string): Admission => ({ kind: 'refused', source, secs, reason });
  if (left.secs !== null && (secs > left.secs || left.secs === 0n))
    return refused('time', `the task needs ${secs} s, and ${left.secs} s are left`);
  if (!fits(left.tokens, request.reservation.tokens))
    return refused('tokens', `the task reserves ${request.reservation.tokens} tokens, and ${left.tokens} are left`);
  if (!fits(left.picoUsd, request.reservation.picoUsd))
    return refused('cost', 'the task reserves more dollars than are left');
  return { kind: 'accepted', secs, reason: 'the task fits into what is left' };
}

/** What is not known holds nothing; of nothing, nothing can be taken. */
const fits = (left: bigint | null, wanted: bigint | null): boolean =>
  left === null || (left > 0n && (wanted === null || wanted <= left));

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const smaller = (a: bigint, b: bigint | null): bigint => (b !== null && b < a ? b : a);
