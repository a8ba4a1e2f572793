import type { Status } from '../../../domain/goal/status.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { duration } from '../text/duration.ts';
import { gateLines } from './gates.ts';
import { line, type Piece, type Style } from './line.ts';
import type { LiveOptions, LiveView } from './view.ts';

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
  const pieces: readonly (readonly Piece[])[] = [
    [
      { text: view.status, style: STYLES[view.status] },
      { text: `  ${duration(options.now - view.startedAt)}` },
      { text: `  ${view.goal}`, style: 'dim' },
    ],
    [{ text: cleanLine(view.title), style: 'bold' }],
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
              text:
                `  ` +
                `${view.waitsFor === 'overloaded' ? 'no answer from the service' : 'usage limit of the agent'}` +
                `: ${untilWhen(view.waitsUntil, options.now)}`,
              style: 'yellow' as const,
            },
          ],
        ]),
    ...(view.budget === null ? [] : [[{ text: `  ${view.budget}` }]]),
    ...gateLines(view.gates),
  ];
  return pieces.map((one) => line(one, options));
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
