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

/** Trees that its attempts left, and those that were made of them to be judged. The base is nobody's. */
function treesOf(events: readonly GoalEvent[], task: string): ReadonlySet<TreeId> {
  const attempts = new Set<number>();
  const trees = new Set<TreeId>();
  let base: TreeId = '';
  for (const { type, data } of events) {
    if (type === 'goal.created') base = data.repository.tree;
    if (type === 'attempt.started' && data.task === task) attempts.add(data.attempt);
    if (type === 'snapshot.taken' && attempts.has(data.attempt)) trees.add(data.snapshot.candidate);
    if (type === 'candidate.examined' && trees.has(data.candidate)) {
      trees.add(data.contract.tree);
      if (data.reversal) trees.add(data.reversal.tree);
    }
    if (type === 'tests.laid' && trees.has(data.candidate)) trees.add(data.tree);
    if (type === 'candidate.hollowed' && trees.has(data.candidate))
      for (const tree of [data.tree, ...(data.faults ?? []).map((each) => each.tree)])
        if (tree !== null) trees.add(tree);
    if (type === 'trees.merged' && trees.has(data.candidate) && data.merged.kind === 'clean')
      trees.add(data.merged.tree);
  }
  trees.delete(base);
  return trees;
}
