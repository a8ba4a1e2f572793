import type { GoalState } from '../../../domain/goal/state.ts';
import { wordOf } from '../../../domain/task/why.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { tally } from '../live/render-tasks.ts';
import type { LiveTask } from '../../../app/live/tasks.ts';
import type { GoalDisk } from '../../../app/use/disk.ts';
import { worktreesOf } from './disk.ts';
import { shortCount } from './short-count.ts';
import { table } from './table.ts';

/** The tasks of a goal that has several, as a table; nothing for one task. `columns`: of the terminal, null in a pipe. */
export function taskTable(
  state: GoalState,
  tasks: readonly LiveTask[],
  disk: GoalDisk,
  columns: number | null,
): readonly string[] {
  if (tasks.length < 2) return [];
  // Only where another agent took over is it told who works: else all are the agent of the goal.
  const others = tasks.some(({ id }) => otherAgent(state, id) !== null);
  // Where all attempts are over, there are no worktrees.
  const sized = disk.worktrees.length > 0;
  const rows = tasks.map(({ id, status, since, tokens, title }) => [
    id,
    wordOf(status),
    new Date(since).toISOString().slice(11, 19),
    String(attemptsAt(state, id).length),
    ...(others ? [cleanLine(otherAgent(state, id) ?? agentOfGoal(state), 24)] : []),
    tokens === 0n ? '' : shortCount(tokens),
    ...(sized ? [worktreesOf(disk, attemptsAt(state, id))] : []),
    status.kind === 'integrated' ? status.commit.slice(0, 12) : '',
    cleanLine(title, 72),
  ]);
  const head = [
    'task',
    'state',
    'since',
    'attempts',
    ...(others ? ['agent'] : []),
    'tokens',
    ...(sized ? ['disk'] : []),
    'commit',
    'title',
  ];
  return [
    '',
    `tasks: ${tally(tasks)}`,
    ...table(head, rows, { columns: columns === null ? null : columns - 2 }).map((line) => `  ${line}`),
  ];
}

/** The same for programs. */
export const tasksJson = (state: GoalState, tasks: readonly LiveTask[]) =>
  tasks.map(({ id, title, status, since, tokens }) => ({
    id,
    title,
    status,
    since: new Date(since).toISOString(),
    attempts: attemptsAt(state, id),
    agent: otherAgent(state, id) ?? agentOfGoal(state),
    tokens,
  }));

const attemptsAt = ({ attempts }: GoalState, id: string): readonly number[] =>
  attempts.filter(({ task }) => task === id).map(({ attempt }) => attempt);

const agentOfGoal = ({ created }: GoalState): string => created?.agent?.name ?? '';

/** The other agent, where it works or worked on the last attempt at a task; null where that of the goal does. */
const otherAgent = ({ attempts, created }: GoalState, id: string): string | null =>
  attempts.findLast(({ task }) => task === id)?.agent === 'fallback'
    ? (created?.options.fallbackAgent?.name ?? null)
    : null;
