import type { GoalState } from '../../domain/goal/state.ts';
import { jsonFile } from './text.ts';

/** `task-graph.json`: tasks, what they wait for, and the attempts at each; `tasks` is null until there is a plan. */
export function taskGraph({ created, plan, attempts }: GoalState): string {
  const tasks = plan?.tasks.map((task) => ({
    ...task,
    attempts: attempts.filter((each) => each.task === task.id).map(({ attempt, ended }) => ({ attempt, ended })),
  }));
  return jsonFile({
    goal: created?.goal ?? null,
    criteria: plan?.criteria ?? null,
    tasks: tasks ?? null,
    edges: plan?.tasks.flatMap(({ id, needs }) => needs.map((need) => ({ from: need, to: id }))) ?? null,
  });
}
