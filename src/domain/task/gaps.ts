import { blocks, type Gap } from '../goal/gap.ts';
import { attemptsOf } from '../goal/attempts.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';
import { taskStatuses, type TaskStatus } from './status.ts';
import type { ReturnReason } from '../goal/task.ts';
import { viewOfTask } from './view.ts';

const NAMED = 3;

/** What speaks against the tree of a view, as the agent of its task is told. */
type OpenIn = (view: GoalState) => readonly Gap[];

/** Tasks of the plan that are not part of the result. */
export function taskGaps(state: GoalState, openIn: OpenIn): readonly Gap[] {
  if (state.focus !== null || !hasManyTasks(state)) return [];
  return [...taskStatuses(state)].flatMap(([id, status]) => {
    if (status.kind === 'integrated' || status.kind === 'done') return [];
    const title = state.plan?.tasks.find((task) => task.id === id)?.title ?? '';
    return [
      blocks(
        'G_TASK_OPEN',
        id,
        `task ${id} (${title}) is missing: ${whyOpen(status)}${status.kind === 'given_up' ? lastEvidence(state, id, openIn) : ''}`,
        'omk goal resume',
      ),
    ];
  });
}

function whyOpen(status: Exclude<TaskStatus, { kind: 'integrated' | 'done' }>): string {
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

/** What the last attempt ran into, as a clause. */
function lastEvidence(state: GoalState, id: string, openIn: OpenIn): string {
  const last = attemptsOf(state, id).at(-1);
  if (!last) return '';
  const returned = state.tasks.find((task) => task.id === id)?.returned.at(-1);
  const said = returned?.attempt === last.attempt ? sentBack(returned.why) : textsOf(openIn(viewOfTask(state, id)));
  return said === '' ? '' : `; attempt ${last.attempt}: ${said}`;
}

const sentBack = (why: ReturnReason): string =>
  why.kind === 'conflict'
    ? (why.why ?? `conflicts in ${why.paths.slice(0, NAMED).join(', ')} with what landed before`)
    : `with what landed before, ${textsOf(why.gaps)}`;

const textsOf = (gaps: readonly Gap[]): string =>
  gaps
    .slice(0, NAMED)
    .map(({ text }) => text)
    .join('; ');
