import type { GoalState } from '../../../domain/goal/state.ts';
import { wordOf } from '../../../domain/task/why.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { tally } from '../live/render-tasks.ts';
import type { LiveTask } from '../../../app/live/tasks.ts';
import { shortCount } from './short-count.ts';
import { table } from './table.ts';

/** The tasks of a goal that has several, as a table; nothing for one task. `columns`: of the terminal, null in a pipe. */
export function taskTable(state: GoalState, tasks: readonly LiveTask[], columns: number | null): readonly string[] {
  if (tasks.length < 2) return [];
  const rows = tasks.map(({ id, status, since, tokens, title }) => [
    id,
    wordOf(status),
    new Date(since).toISOString().slice(11, 19),
    String(state.attempts.filter(({ task }) => task === id).length),
    tokens === 0n ? '' : shortCount(tokens),
    status.kind === 'integrated' ? status.commit.slice(0, 12) : '',
    cleanLine(title, 72),
  ]);
  const head = ['task', 'state', 'since', 'attempts', 'tokens', 'commit', 'title'];
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
    attempts: state.attempts.filter(({ task }) => task === id).map(({ attempt }) => attempt),
    tokens,
  }));
