import { wordOf } from '../../../domain/task/why.ts';
import type { TaskStatus } from '../../../domain/task/status.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { duration } from '../text/duration.ts';
import { shortCount } from '../text/short-count.ts';
import { padEnd, width } from '../text/width.ts';
import type { Piece, Style } from './line.ts';
import type { LiveTask } from '../../../app/live/tasks.ts';

/** What a person wants to see first, where not all of them fit. */
const LOOKS: readonly { readonly kind: TaskStatus['kind']; readonly mark: string; readonly style: Style }[] = [
  { kind: 'working', mark: '▸', style: 'cyan' },
  { kind: 'judged', mark: '▸', style: 'cyan' },
  { kind: 'given_up', mark: '✗', style: 'red' },
  { kind: 'returned', mark: '?', style: 'yellow' },
  { kind: 'retrying', mark: '?', style: 'yellow' },
  { kind: 'queued', mark: '·', style: 'cyan' },
  { kind: 'ready', mark: '·', style: 'dim' },
  { kind: 'waiting', mark: '·', style: 'dim' },
  { kind: 'dropped', mark: '-', style: 'dim' },
  { kind: 'done', mark: '✓', style: 'dim' },
  { kind: 'integrated', mark: '✓', style: 'green' },
];

const rankOf = ({ status }: LiveTask): number => LOOKS.findIndex(({ kind }) => kind === status.kind);

/**
 * One line a task in the order of the plan, at most `most` of them: what needs attention stays and the rest is counted in a last line. The
 * number of lines is the same whatever the tasks do.
 */
export function taskLines(tasks: readonly LiveTask[], most: number, now: number): readonly (readonly Piece[])[] {
  const room = tasks.length <= most ? tasks.length : Math.max(0, most - 1);
  const chosen = new Set([...tasks].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, room));
  const rest = tasks.filter((task) => !chosen.has(task));
  const ids = Math.max(0, ...tasks.map(({ id }) => width(id)));
  const lines = tasks.filter((task) => chosen.has(task)).map((task) => taskLine(task, ids, now));
  return rest.length === 0
    ? lines
    : [...lines, [{ text: `  and ${rest.length} more: ${tally(rest)}`, style: 'dim' as const }]];
}

const WORD = 11;

function taskLine(task: LiveTask, ids: number, now: number): readonly Piece[] {
  const { mark, style } = LOOKS[rankOf(task)] ?? { mark: ' ', style: 'dim' as const };
  const { id, status, since, tokens, step, title } = task;
  return [
    { text: `  ${mark} `, style },
    { text: `${padEnd(id, ids)}  ` },
    { text: padEnd(wordOf(status), WORD), style },
    { text: `${duration(now - since).padStart(7)}  ${(tokens === 0n ? '' : shortCount(tokens)).padStart(6)}  ` },
    step === null ? { text: cleanLine(title), style: 'dim' } : { text: cleanLine(step) },
  ];
}

/** How many tasks there are of each state. */
export const tally = (tasks: readonly Pick<LiveTask, 'status'>[]): string =>
  [...Map.groupBy(tasks, ({ status }) => wordOf(status))].map(([word, some]) => `${some.length} ${word}`).join(', ');

/** What waits to become part of the result, and how far that is. */
export function queueLine(tasks: readonly LiveTask[]): readonly Piece[] {
  const queued = tasks.filter(({ status }) => status.kind === 'queued').map(({ id }) => id);
  const landed = tasks.filter(({ status }) => status.kind === 'integrated').length;
  const waits =
    queued.length === 0 ? 'nothing waits' : `${queued.join(', ')} ${queued.length === 1 ? 'waits' : 'wait'}`;
  return [{ text: `  queue    ${waits}; ${landed} of ${tasks.length} landed` }];
}
