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
      `${begin}: both change the same lines of ${why.paths.slice(0, PATHS_TOLD).join(', ')}. ` +
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
