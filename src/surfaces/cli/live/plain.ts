import type { EventType } from '../../../domain/goal/event.ts';
import type { DataOf } from '../../../domain/goal/state.ts';
import { ATTEMPT_LINES } from './lines/attempts.ts';
import { BUDGET_LINES } from './lines/budgets.ts';
import { GATE_LINES } from './lines/gates.ts';
import { GOAL_LINES } from './lines/goals.ts';
import { PLAN_LINES } from './lines/plans.ts';
import { TASK_LINES } from './lines/tasks.ts';
import type { Lines } from './lines/words.ts';

const LINES: Lines<EventType> = {
  ...GOAL_LINES,
  ...PLAN_LINES,
  ...ATTEMPT_LINES,
  ...GATE_LINES,
  ...TASK_LINES,
  ...BUDGET_LINES,
};

/** One event as one line for a pipe or a log file: what happened, no opinion, never a line break from somebody else's text. */
export const plainLine = <T extends EventType>({
  type,
  data,
}: {
  readonly type: T;
  readonly data: DataOf<T>;
}): string => LINES[type](data);
