import type { GoalEvent } from '../domain/goal/event.ts';
import type { TreeId } from '../domain/ids.ts';

/**
 * Whether an event is about one task: its attempts, the trees that they left with all that was made and run of these, its questions,
 * and what became of it in the queue. A session of a role is named by its role.
 */
export function ofTask(events: readonly GoalEvent[], task: string): (event: GoalEvent) => boolean {
  const attempts = new Set<number>();
  const questions = new Set<string>();
  const trees = treesOf(events, task);
  for (const { type, data } of events) {
    if (type === 'attempt.started' && data.task === task) attempts.add(data.attempt);
    if (type === 'question.asked' && data.question.task === task) questions.add(data.question.id);
  }
  return ({ type, data }) => {
    if (type === 'gate.measured' || type === 'facts.read' || type === 'command.observed') return trees.has(data.tree);
    if (
      type === 'candidate.examined' ||
      type === 'candidate.hollowed' ||
      type === 'trees.merged' ||
      type === 'tests.laid'
    )
      return trees.has(data.candidate);
    if (type === 'task.added') return data.task.id === task;
    if (type === 'tasks.integrated') return data.tasks.some((each) => each.task === task);
    if (type === 'question.asked') return questions.has(data.question.id);
    if (type === 'question.answered') return questions.has(data.question);
    return ('attempt' in data && attempts.has(Number(data.attempt))) || ('task' in data && data.task === task);
  };
}

/**
 * Trees that its attempts left, and those that were made of them to be judged. Each is the task's that had it first: the base is
 * nobody's, and a head that an attempt left as it was stays with the task whose work came last into it.
 */
function treesOf(events: readonly GoalEvent[], task: string): ReadonlySet<TreeId> {
  const tasks = new Map<number, string>();
  const owners = new Map<TreeId, string>();
  const own = (tree: TreeId | null | undefined, owner: string | undefined): void => {
    if (tree && owner !== undefined && !owners.has(tree)) owners.set(tree, owner);
  };
  for (const { type, data } of events) {
    if (type === 'goal.created') own(data.repository.tree, '');
    if (type === 'attempt.started') tasks.set(data.attempt, data.task);
    if (type === 'snapshot.taken') own(data.snapshot.candidate, tasks.get(data.attempt));
    if (type === 'candidate.examined')
      for (const tree of [data.contract.tree, data.reversal?.tree]) own(tree, owners.get(data.candidate));
    if (type === 'tests.laid') own(data.tree, owners.get(data.candidate));
    if (type === 'candidate.hollowed')
      for (const tree of [data.tree, ...(data.faults ?? []).map((each) => each.tree)])
        own(tree, owners.get(data.candidate));
    if (type === 'trees.merged' && data.merged.kind === 'clean') own(data.merged.tree, owners.get(data.candidate));
  }
  return new Set([...owners].flatMap(([tree, owner]) => (owner === task ? [tree] : [])));
}
