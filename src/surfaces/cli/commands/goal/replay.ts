import { type Asked, askedOf, type ReplayFlags } from './replay-asked.ts';
import { inPart } from '../../../../app/replay.ts';
import { systemClock } from '../../../../app/time.ts';
import { OmkError } from '../../../../domain/error.ts';
import type { LoggedEvent } from '../../../../domain/goal/event.ts';
import type { Output } from '../../output/print.ts';
import { printJson, printJsonLine } from '../../output/print.ts';
import { timeline, timelineMarkdown, timelineText, type TimelineEntry } from '../../text/timeline.ts';
import { readLogOf, type NamedLog } from '../../../../app/replay-log.ts';
import { replayState } from './replay-state.ts';

/** `omk goal replay`: the timeline of a goal or of a bundle; with `--state` the state that the log makes. Writes nothing. */
export async function replay(name: string, flags: ReplayFlags, output: Output): Promise<number> {
  const asked = askedOf(flags);
  if (asked.execute) return (await import('./replay-run.ts')).replayExecution(name, asked, output);
  const log = await readLogOf(name);
  if (asked.state) return replayState(log, asked, output);
  const entries = partOf(log, asked);
  if (asked.follow) return follow(entries, asked, output);
  if (asked.format === 'json') printJson(output, { goal: log.goal, events: entries.map(shown) });
  else if (asked.format === 'md') for (const line of timelineMarkdown(log.goal, entries)) output.out(line);
  else for (const entry of entries) for (const line of timelineText(entry)) output.out(line);
  return 0;
}

const shown = ({ seq, afterMs, event, lines }: TimelineEntry) => ({ seq, afterMs, type: event.type, lines });

function partOf(log: NamedLog, { from, to, task }: Asked): readonly TimelineEntry[] {
  if (task !== null && !log.events.some((event) => event.type === 'attempt.started' && event.data.task === task))
    throw new OmkError('TASK_NOT_FOUND', `Goal '${log.goal}' worked on no task '${task}'`, tasksOf(log.events));
  const isAsked = inPart(log.events, { from, to, task });
  const entries = timeline(log.events).filter(({ event }) => isAsked(event));
  if (entries.length > 0) return entries;
  throw new OmkError(
    'PART_EMPTY',
    `No event${task === null ? '' : ` of task '${task}'`} lies in the part that was asked for`,
    `the log has the events 0 to ${log.events.length - 1}`,
  );
}

function tasksOf(events: readonly LoggedEvent[]): string {
  const tasks = new Set(events.flatMap((event) => (event.type === 'attempt.started' ? [event.data.task] : [])));
  return tasks.size === 0 ? 'no task was worked on' : `--task ${[...tasks].join(', or --task ')}`;
}

/** Each entry when its time has come, as it was recorded. Ctrl-C stops it. */
async function follow(entries: readonly TimelineEntry[], { speed, format }: Asked, output: Output): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  let before = entries[0]?.afterMs ?? 0;
  try {
    for (const entry of entries) {
      await systemClock.sleep(Math.max(0, entry.afterMs - before) / speed, stop.signal);
      if (stop.signal.aborted) return 130;
      before = entry.afterMs;
      if (format === 'json') printJsonLine(output, shown(entry));
      else for (const line of timelineText(entry)) output.out(line);
    }
    return 0;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
