import type { Expectation } from '../judge/given.ts';

/** One testable statement of "done", with what decides it: a gate, or a fact that is read from the tree. */
export type Criterion =
  | {
      readonly id: string;
      readonly text: string;
      /** `test` criteria need a gate whose tests can be counted. */
      readonly kind: 'test' | 'command';
      readonly gate: string;
    }
  | {
      readonly id: string;
      readonly text: string;
      readonly kind: 'fact';
      /** Its place among the facts of the goal's options. */
      readonly fact: number;
    };

/** What kind of change a person says it is. `docs`: only documentation may change. `refactor`: what is there does the same as before. */
export type GoalClass = 'docs' | 'refactor';

/** A node of the task graph. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly brief: string;
  /** Ids of tasks that must be accepted first. */
  readonly needs: readonly string[];
  /** Globs this task may write; empty: everything but what policy protects. */
  readonly writes: readonly string[];
  readonly criteria: readonly string[];
}

export interface Plan {
  readonly criteria: readonly Criterion[];
  readonly tasks: readonly Task[];
  /** Held-out checks say what is done, beside the criteria. Absent: they do not, or there are none. */
  readonly heldOut?: true;
  /** Absent: a fix or a feature, which needs a test or a command that shows it. */
  readonly class?: GoalClass;
  /** Tests that the worker adds say what is done: they must fail where the change does nothing. Absent: they do not. */
  readonly ownTests?: true;
  /** What a given change must show. Absent: an agent works. */
  readonly expect?: Expectation;
}

/** Why a plan cannot run, or null: one goal works on one task, and a second one would never be started. A given change is done. */
export function planRefusal({ tasks, expect }: Plan): string | null {
  if (expect !== undefined) return tasks.length === 0 ? null : 'a given change has no task';
  return tasks.length === 1 ? null : `the plan has ${tasks.length} tasks, and a goal runs exactly one`;
}

/** The gate that decides a criterion; null where none does. */
export const gateOf = (criterion: Criterion): string | null => (criterion.kind === 'fact' ? null : criterion.gate);
