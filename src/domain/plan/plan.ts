import type { RepoPath } from '../ids.ts';
import type { Expectation } from './given.ts';
import { remembered } from '../remembered.ts';

interface Stated {
  readonly id: string;
  readonly text: string;
  /** It is so on the base too, and must stay so. Absent: it is not so there, and shows that the goal is done. */
  readonly keep?: true;
}

/** One testable statement of "done", with what decides it: a gate, a fact, commands, a time, or tests. */
export type Criterion =
  | (Stated & {
      /** `test` criteria need a gate whose tests can be counted. */
      readonly kind: 'test' | 'command';
      readonly gate: string;
    })
  | (Stated & {
      readonly kind: 'fact';
      /** Its place among the facts of the goal's options. */
      readonly fact: number;
    })
  | (Stated & {
      readonly kind: 'captures';
      /** Their places among the captures of the goal's options. */
      readonly places: readonly number[];
    })
  | (Stated & {
      readonly kind: 'timing';
      /** Its place among the timings of the goal's options. */
      readonly place: number;
    })
  | (Stated & {
      readonly kind: 'tests';
      /** Tests that must run and pass, in any required gate that counts them. None, and no files: tests are written for it. */
      readonly ids: readonly string[];
      /** Files of tests that came with the plan: held-out checks that are not hidden. Absent: none. */
      readonly files?: readonly RepoPath[];
    });

/**
 * What kind of change a person says it is. `docs`: only documentation may change. `audit`: no file may change. `refactor`, `port`,
 * `rewrite`, `migration`: what is there does the same as before, in another form, in another language, written anew, or with other
 * things below it. `performance`: it takes less time.
 */
export const GOAL_CLASSES = ['docs', 'audit', 'refactor', 'port', 'rewrite', 'migration', 'performance'] as const;
export type GoalClass = (typeof GOAL_CLASSES)[number];

/** Nothing but a person's word shows these, so no agent chooses them. */
export const isByPersonAlone = (is: GoalClass | undefined): boolean => is === 'docs' || is === 'audit';

/** What worked before must work in the same way afterwards. */
export const keepsBehaviour = (is: GoalClass | undefined): boolean =>
  is === 'refactor' || is === 'port' || is === 'rewrite' || is === 'migration';

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
  /** Of the goal's time, what has to be left when an attempt at it begins. Absent: a default. */
  readonly seconds?: number;
  /** Why it came to the plan while agents worked. Absent: the plan had it at first. */
  readonly origin?: TaskOrigin;
}

/** `final`: the whole did not hold when every task had landed. `proposed`: the agent of an attempt asked for it. */
type TaskOrigin = { readonly kind: 'final' } | { readonly kind: 'proposed'; readonly attempt: number };

export interface Plan {
  readonly criteria: readonly Criterion[];
  readonly tasks: readonly Task[];
  /** Held-out checks say what is done, beside the criteria. Absent: they do not, or there are none. */
  readonly heldOut?: true;
  /** Absent: a fix or a feature, which needs a test or a command that shows it. */
  readonly class?: GoalClass;
  /** Tests that the worker adds say what is done: they must fail where the change does nothing. Absent: they do not. */
  readonly ownTests?: true;
  /** Another session writes checks before the work. Absent: none does. */
  readonly oracle?: 'agent';
  /** Names and texts that checks use of the product. Absent: none. */
  readonly interface?: readonly string[];
  /** What a given change must show. Absent: an agent works. */
  readonly expect?: Expectation;
}

/** The tasks of a plan by their ids. */
export const plannedTasks = remembered(
  ({ tasks }: Plan): ReadonlyMap<string, Task> => new Map(tasks.map((each) => [each.id, each])),
);

/** For each task of a plan, in its order, where the tasks stand that it needs. */
export const needsByPlace = remembered(({ tasks }: Plan): readonly (readonly number[])[] => {
  const places = new Map(tasks.map(({ id }, at) => [id, at]));
  return tasks.map(({ needs }) => needs.map((need) => places.get(need) ?? -1));
});

/** Why a plan cannot run, or null: a task that waits for itself would never be started. A given change is done. */
export function planRefusal({ tasks, expect }: Plan): string | null {
  if (expect !== undefined) return tasks.length === 0 ? null : 'a given change has no task';
  if (tasks.length === 0) return 'the plan has no task';
  const ids = new Set(tasks.map(({ id }) => id));
  if (ids.size < tasks.length) return 'two tasks of the plan have one id';
  const lost = tasks.find(({ needs }) => needs.some((need) => !ids.has(need)));
  if (lost) return `task ${lost.id} needs a task that the plan does not have`;
  const first = inCycle(tasks);
  return first === null ? null : `task ${first} waits for itself`;
}

/** A task that can never start, or null. */
function inCycle(tasks: readonly Task[]): string | null {
  const done = new Set<string>();
  for (let left = tasks; left.length > 0;) {
    const next = left.filter(({ needs }) => !needs.every((need) => done.has(need)));
    if (next.length === left.length) return left[0]?.id ?? null;
    const late = new Set(next);
    for (const task of left) if (!late.has(task)) done.add(task.id);
    left = next;
  }
  return null;
}

/** The gate that decides a criterion; null where none does. */
export const gateOf = (criterion: Criterion): string | null => ('gate' in criterion ? criterion.gate : null);

/** Tests are written for a criterion, and it names none: they are judged with the whole. */
export const isWritten = (criterion: Criterion): boolean =>
  criterion.kind === 'tests' && criterion.ids.length === 0 && (criterion.files ?? []).length === 0;
