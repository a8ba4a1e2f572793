import type { GoalState } from '../goal/state.ts';

/** The rules that tasks of new goals follow. A log keeps those that it began with. */
export const TASK_RULES = 2;

export const followsTaskRules = ({ created }: Pick<GoalState, 'created'>): boolean =>
  created?.options.taskRules === TASK_RULES;
