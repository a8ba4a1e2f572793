import type { BudgetSeen } from './budget.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import type { Status } from '../../domain/status.ts';
import type { WaitedFor } from '../../domain/goal/waited-for.ts';
import type { LiveTask } from './tasks.ts';
import type { GoalId } from '../../domain/ids.ts';

export interface LiveGate {
  readonly id: string;
  readonly state: 'waiting' | 'running' | Verdict['kind'];
  /** A reason code or a short fact, for example `E_TESTS_FAILED` or `12 tests`. */
  readonly detail: string | null;
}

/** What a person watching a run wants to know, and nothing that decides anything. Texts may be an agent's: rendering cleans them. */
export interface LiveView {
  readonly goal: GoalId;
  readonly title: string;
  readonly status: Status;
  /** What omk is doing, in two or three words: `baseline`, `agent works`, `judging`, `integrating`. */
  readonly phase: string;
  readonly task: string | null;
  readonly attempt: number | null;
  readonly turn: number | null;
  /** The tool call the agent is in, as it named it. */
  readonly tool: { readonly title: string; readonly status: string } | null;
  /** The last thing the agent said: a claim. */
  readonly says: string | null;
  /** Null before anything was told of them. */
  readonly budget: BudgetSeen | null;
  /** Until when the agent's usage limit or its service is waited for, RFC 3339; null while none is. */
  readonly waitsUntil: string | null;
  readonly waitsFor: WaitedFor;
  readonly gates: readonly LiveGate[];
  /** Where the goal has several tasks; else none. */
  readonly tasks: readonly LiveTask[];
  /** Milliseconds on the clock that `now` comes from. */
  readonly startedAt: number;
}
