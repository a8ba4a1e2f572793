import type { AskedChange } from '../../../app/use/kept.ts';
import type { KeptWork } from '../../../domain/task/kept.ts';
import { hasManyTasks, type GoalState } from '../../../domain/goal/state.ts';
import { taskStatuses } from '../../../domain/task/status.ts';
import { wordOf } from '../../../domain/task/why.ts';

const SAID: Readonly<Record<KeptWork['judged'], string>> = {
  ready: 'the ready result',
  not_ready: 'judged, and not ready',
  not_judged: 'not judged, its gates did not all run',
};

/** Which work something is, and what was found about it. */
export function ofWork(
  { attempt, turn, judged }: Pick<AskedChange, 'attempt' | 'turn' | 'judged'>,
  state: GoalState,
): string {
  if (!hasManyTasks(state))
    return `${attempt === null ? 'the change as it was given' : `attempt ${attempt}, turn ${turn}`}: ${SAID[judged]}`;
  if (attempt === null) return `what landed: ${state.landed.length} of ${state.tasks.length} tasks`;
  const task = state.attempts.find((each) => each.attempt === attempt)?.task ?? '';
  return `task ${task}, attempt ${attempt}, turn ${turn}: ${wordOf(taskStatuses(state).get(task))}`;
}
