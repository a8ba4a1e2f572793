import type { GoalState } from '../goal/state.ts';

const PATHS_TOLD = 20;

/** Which part of the goal this agent does; empty where it does all of it. */
export function toldTask({ focus, plan }: GoalState): string {
  const task = plan?.tasks.find(({ id }) => id === focus?.task);
  if (!task) return '';
  const writes =
    task.writes.length === 0
      ? []
      : [
          `Change only ${task.writes.map((glob) => `\`${glob}\``).join(', ')}: other changes are taken out of the result.`,
        ];
  return [
    '# Your task',
    'The goal is done in several tasks, by several agents. Do this one, and leave the others alone:',
    task.title,
    ...(task.brief === '' || task.brief === task.title ? [] : [task.brief]),
    ...writes,
    'What must be done besides, and is no part of your task, may be proposed with the tool task_propose, where you have it.',
  ].join('\n');
}

/** Why work that was accepted by itself did not become part of the result. */
export function toldReturn({ focus, tasks, plan }: GoalState): string {
  const returned = tasks.find(({ id }) => id === focus?.task)?.returned.at(-1);
  if (!returned) return '';
  const { why } = returned;
  const names = (ids: readonly string[]): string =>
    ids.map((id) => plan?.tasks.find((task) => task.id === id)?.title ?? id).join('; ');
  const begin =
    'Your earlier work on this task passed by itself, and could not be joined with what others finished meanwhile';
  if (why.kind === 'conflict')
    return [
      '# Returned',
      `${begin}: ${why.why ?? `both change the same lines of ${why.paths.slice(0, PATHS_TOLD).join(', ')}`}. ` +
        'The working directory has the work of the others. Do the task again on top of it.',
    ].join('\n');
  const others = why.beside.length === 0 ? '' : ` (${names(why.beside)})`;
  return [
    '# Returned',
    `${begin}${others}: together they break this:`,
    ...why.gaps.map((gap) => `- ${gap.text}`),
    'The working directory has the work of the others. Do the task again on top of it.',
  ].join('\n');
}

/** What became of tasks that the agent proposed in its last turn. */
export function toldProposals({ attempts, proposals }: GoalState): readonly string[] {
  const last = attempts.at(-1);
  return proposals.flatMap(({ attempt, turn, proposal, ruling }) => {
    if (attempt !== last?.attempt || turn !== last.turns.length) return [];
    const title = proposal?.title ?? 'without a title';
    if (ruling.kind === 'accepted')
      return [`- the task that you proposed (${title}) is part of the plan; leave it to others`];
    return [`- the task that you proposed (${title}) is not taken: ${ruling.why}`];
  });
}
