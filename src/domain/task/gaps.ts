import { blocks, type Gap } from '../goal/gap.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';
import { taskStatuses, type TaskStatus } from './status.ts';

/** Tasks of the plan that are not part of the result. */
export function taskGaps(state: GoalState): readonly Gap[] {
  if (state.focus !== null || !hasManyTasks(state)) return [];
  return [...taskStatuses(state)].flatMap(([id, status]) => {
    if (status.kind === 'integrated') return [];
    const title = state.plan?.tasks.find((task) => task.id === id)?.title ?? '';
    return [blocks('G_TASK_OPEN', id, `task ${id} (${title}) is missing: ${whyOpen(status)}`, 'omk goal resume')];
  });
}

function whyOpen(status: Exclude<TaskStatus, { kind: 'integrated' }>): string {
  switch (status.kind) {
    case 'waiting':
      return `it waits for ${status.on.join(', ')}`;
    case 'dropped':
      return `it needs ${status.by}, which was not done`;
    case 'given_up':
      return 'no attempt at it succeeded';
    case 'returned':
      return status.why.kind === 'conflict'
        ? 'its work conflicts with what landed before'
        : 'its work breaks what landed before';
    case 'queued':
      return 'its work is not integrated yet';
    case 'ready':
    case 'working':
    case 'judged':
    case 'retrying':
      return 'it is not done yet';
  }
}
