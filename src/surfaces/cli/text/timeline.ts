import { sinceStart } from '../../../app/replay.ts';
import type { LoggedEvent } from '../../../domain/goal/event.ts';
import { evolve } from '../../../domain/transition/evolve.ts';
import { EMPTY_STATE } from '../../../domain/goal/state.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { plainLine } from '../live/plain.ts';
import { verdictLines } from '../live/verdicts.ts';
import type { GoalId } from '../../../domain/ids.ts';

export interface TimelineEntry {
  readonly seq: number;
  /** Milliseconds since the first event of the log. */
  readonly afterMs: number;
  readonly event: LoggedEvent;
  /** What happened; before it, where that is settled now, what the gates say of the candidate. */
  readonly lines: readonly string[];
}

/** The log as people read it. It follows from the log alone: no clock, no zone, no terminal. */
export function timeline(events: readonly LoggedEvent[]): readonly TimelineEntry[] {
  let state = EMPTY_STATE;
  return events.map((event) => {
    state = evolve(state, event);
    const lines = [...verdictLines({ kind: 'event', event, state }), plainLine(event)];
    return { seq: event.seq, afterMs: sinceStart(events, event), event, lines };
  });
}

/** `   12  +00:01:03.250  gate npm-test …` */
export const timelineText = ({ seq, afterMs, lines }: TimelineEntry): readonly string[] =>
  lines.map((line) => `${String(seq).padStart(5)}  +${clockTime(afterMs)}  ${line}`);

export function timelineMarkdown(goal: GoalId, entries: readonly TimelineEntry[]): readonly string[] {
  return [
    `# Timeline of ${goal}`,
    '',
    '| event | after | what happened |',
    '| ---: | ---: | --- |',
    ...entries.map(({ seq, afterMs, lines }) => `| ${seq} | ${clockTime(afterMs)} | ${lines.map(cell).join('<br>')} |`),
  ];
}

const cell = (text: string): string => cleanLine(text, 2000).replace(/[\\|<>`*_[\]]/g, (sign) => `\\${sign}`);

function clockTime(ms: number): string {
  const whole = Math.max(0, ms);
  const two = (count: number): string => String(Math.floor(count)).padStart(2, '0');
  const rest = String(whole % 1000).padStart(3, '0');
  return `${two(whole / 3_600_000)}:${two((whole / 60_000) % 60)}:${two((whole / 1000) % 60)}.${rest}`;
}
