import { cleanLine } from '../../../../domain/text/clean.ts';
import { list, short, type Lines } from './words.ts';

/** What became of tasks, and how their work comes together. */
export const TASK_LINES: Lines<
  | 'trees.merged'
  | 'tasks.integrated'
  | 'task.returned'
  | 'task.given_up'
  | 'task.proposed'
  | 'task.dropped'
  | 'task.added'
  | 'goal.integrated'
> = {
  'trees.merged': ({ onto, candidate, merged }) => {
    const remade = merged.kind === 'clean' && merged.remade ? `, ${list(merged.remade)} regenerated` : '';
    const result =
      merged.kind === 'clean'
        ? `tree ${short(merged.tree)}${remade}`
        : (merged.why ?? `conflicts in ${list(merged.paths)}`);
    return `tree ${short(candidate)} merged onto ${short(onto)}: ${result}`;
  },
  'tasks.integrated': ({ tasks }) =>
    tasks.map(({ task, commit }) => `task ${task} integrated as ${short(commit)}`).join('; '),
  'task.returned': ({ task, why }) => {
    const because =
      why.kind === 'conflict' ? (why.why ?? `conflicts in ${list(why.paths)}`) : list(why.gaps.map(({ text }) => text));
    return `task ${task} returned: ${because}`;
  },
  'task.given_up': ({ task }) => `task ${task} given up: no attempt is left`,
  'task.proposed': ({ attempt, ruling }) =>
    ruling.kind === 'accepted'
      ? `task ${ruling.task.id} added, as attempt ${attempt} proposed: ${cleanLine(ruling.task.title)}`
      : `attempt ${attempt}: the task it proposed is refused: ${cleanLine(ruling.why)}`,
  'task.dropped': ({ task }) => `task ${task} dropped: other tasks already made its change`,
  'task.added': ({ task }) => `task ${task.id} added: ${cleanLine(task.title)}`,
  'goal.integrated': ({ commit, tree }) => `integrated: commit ${short(commit)} with tree ${short(tree)}`,
};
