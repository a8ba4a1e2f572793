import { mergeKey } from '../../goal/merge.ts';
import { laidKey } from '../../task/laid.ts';
import { inTask, onlyTaskIntegrated, taskAdded, taskProposed, taskReturned, tasksIntegrated } from '../evolve-tasks.ts';
import type { Folds } from './fold.ts';

/** What became of tasks, and how their work comes together. */
export const TASK_FOLDS: Folds<
  | 'trees.merged'
  | 'tasks.integrated'
  | 'task.returned'
  | 'task.given_up'
  | 'task.proposed'
  | 'tests.laid'
  | 'task.dropped'
  | 'task.added'
  | 'goal.integrated'
> = {
  'trees.merged': (state, data) => ({ ...state, merges: new Map(state.merges).set(mergeKey(data), data.merged) }),
  'tasks.integrated': (state, { tasks }) => tasksIntegrated(state, tasks),
  'task.returned': taskReturned,
  'task.given_up': (state, data) => inTask(state, data.task, (task) => ({ ...task, givenUp: true })),
  'task.proposed': taskProposed,
  'tests.laid': (state, data) => ({ ...state, laid: new Map(state.laid).set(laidKey(data), data) }),
  'task.dropped': (state, data) => inTask(state, data.task, (task) => ({ ...task, done: data.head })),
  'task.added': (state, { task }) => taskAdded(state, task),
  'goal.integrated': (state, data) => onlyTaskIntegrated({ ...state, integrated: data }, data),
};
