import type { GoalState } from '../goal/state.ts';
import { proposalFileOf } from '../task/proposal.ts';
import type { MergedWork } from '../goal/task.ts';

const PATHS_TOLD = 20;

/** Which part of the goal this agent does; empty where it does all of it. */
export function toldTask({ created, focus, plan }: GoalState): string {
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
    'What must be done besides, and is no part of your task, may be proposed with the tool task_propose. Without that tool, write ' +
      `${proposalFileOf(created?.goal ?? '')}, as {"title": "<task>", "why": "<why>"}.`,
  ].join('\n');
}

/** Why work that was accepted by itself did not become part of the result. */
export function toldReturn({ focus, tasks, plan, attempts }: GoalState): string {
  const returned = tasks.find(({ id }) => id === focus?.task)?.returned.at(-1);
  if (!returned) return '';
  const { why } = returned;
  const begin =
    'Your earlier work on this task passed by itself, and could not be joined with what others finished meanwhile';
  const names = (ids: readonly string[]): string =>
    ids.map((id) => plan?.tasks.find((task) => task.id === id)?.title ?? id).join('; ');
  const reason =
    why.kind === 'conflict'
      ? [`${begin}: ${why.why ?? `both change the same lines of ${named(why.paths)}`}.`]
      : [
          `${begin}${why.beside.length === 0 ? '' : ` (${names(why.beside)})`}: together they break this:`,
          ...why.gaps.map((gap) => `- ${gap.text}`),
        ];
  return ['# Returned', ...reason, toldStart(attempts.at(-1)?.merged)].join('\n');
}

const named = (paths: readonly string[]): string => paths.slice(0, PATHS_TOLD).join(', ');

/** What the working directory holds. */
function toldStart(merged: MergedWork | undefined): string {
  if (!merged) return 'The working directory has the work of the others. Do the task again on top of it.';
  const both = 'The working directory has the work of the others, and your earlier work merged into it';
  if (merged.paths.length === 0) return `${both}. Change it so that both hold.`;
  return (
    `${both}. In ${named(merged.paths)} both are marked where they differ: from \`<<<<<<<\` what the others made, ` +
    'from `|||||||` what both began with, from `=======` to `>>>>>>>` yours. ' +
    'Settle each so that both do what they are to do, and leave no marks.'
  );
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
