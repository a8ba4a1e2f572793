import type { Status } from '../../../domain/status.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { budgetLine } from '../text/budget.ts';
import { duration } from '../text/duration.ts';
import { gateLine, gateLines } from './gates.ts';
import { queueLine, taskLines } from './render-tasks.ts';
import { line, type Piece, type Style } from './line.ts';
import type { LiveView } from '../../../app/live/view.ts';

const WAITS = {
  usage_limit: 'usage limit of the agent',
  overloaded: 'no answer from the service',
  retry: 'the agent failed and starts anew',
};

interface LiveOptions {
  readonly columns: number;
  /** Lines of the terminal. */
  readonly rows: number;
  readonly colour: boolean;
  readonly now: number;
}

const STYLES: Readonly<Record<Status, Style>> = {
  running: 'cyan',
  paused: 'yellow',
  ready: 'green',
  not_ready: 'red',
  blocked_on_human: 'yellow',
  blocked_on_external: 'yellow',
  needs_more_budget: 'yellow',
  failed_infra: 'red',
  cancelled: 'dim',
};

/** The picture of a running goal, most important line first; no line is wider than `columns`, whatever an agent says. */
export function renderLive(view: LiveView, options: LiveOptions): string[] {
  const pieces = view.tasks.length > 1 ? manyTasks(view, options) : oneTask(view, options);
  return pieces.map((one) => line(one, options));
}

/** Lines that a picture of many tasks has beside them, and one for the cursor. */
const BESIDE_TASKS = 6;

/** As many lines whatever happens, so that nothing jumps. */
const manyTasks = (view: LiveView, { rows, now }: LiveOptions): readonly (readonly Piece[])[] => [
  ...head(view, now),
  ...taskLines(view.tasks, Math.max(1, rows - BESIDE_TASKS), now),
  queueLine(view.tasks),
  gateLine(view.gates),
  [{ text: `  ${budgetOf(view) ?? 'budget: no limit'}` }],
];

const head = (view: LiveView, now: number): readonly (readonly Piece[])[] => [
  [
    { text: view.status, style: STYLES[view.status] },
    { text: `  ${duration(now - view.startedAt)}` },
    { text: `  ${view.goal}`, style: 'dim' },
  ],
  [{ text: cleanLine(view.title), style: 'bold' }],
];

const budgetOf = ({ budget }: LiveView): string | null => budget && budgetLine(budget);

function oneTask(view: LiveView, options: LiveOptions): readonly (readonly Piece[])[] {
  const budget = budgetOf(view);
  return [
    ...head(view, options.now),
    [{ text: `  ${where(view)}` }],
    ...(view.tool === null
      ? []
      : [[{ text: '  ▸ ', style: 'cyan' as const }, { text: `${cleanLine(view.tool.title)}${stateOf(view.tool)}` }]]),
    ...(view.says === null ? [] : [[{ text: `  says: ${cleanLine(view.says)}`, style: 'dim' as const }]]),
    ...(view.waitsUntil === null
      ? []
      : [
          [
            {
              text: `  ` + `${WAITS[view.waitsFor]}` + `: ${untilWhen(view.waitsUntil, options.now)}`,
              style: 'yellow' as const,
            },
          ],
        ]),
    ...(budget === null ? [] : [[{ text: `  ${budget}` }]]),
    ...gateLines(view.gates),
  ];
}

function where(view: LiveView): string {
  const parts = [
    view.phase,
    view.attempt === null ? null : `attempt ${view.attempt}`,
    view.turn === null ? null : `turn ${view.turn}`,
    view.task === null ? null : `task ${cleanLine(view.task)}`,
  ];
  return parts.filter((part) => part !== null && part !== '').join(' · ');
}

const untilWhen = (until: string, now: number): string =>
  `waits until ${until}, ${duration(Math.max(0, Date.parse(until) - now))} left`;

const stateOf = ({ status }: { readonly status: string }): string =>
  status === '' || status === 'in_progress' ? '' : ` (${cleanLine(status)})`;
