import type { Asked } from './replay-asked.ts';
import { type Place, inPart } from '../../../../app/replay.ts';
import { systemClock } from '../../../../app/time.ts';
import { inspect } from 'node:util';
import { parseDuration } from '../../../../domain/budget/duration.ts';
import { OmkError } from '../../../../domain/error.ts';
import type { LoggedEvent } from '../../../../domain/goal/event.ts';
import type { Output } from '../../output/print.ts';
import { printJson, printJsonLine } from '../../output/print.ts';
import { timeline, timelineMarkdown, timelineText, type TimelineEntry } from '../../text/timeline.ts';
import { readLogOf, type NamedLog } from '../../../../app/replay-log.ts';
import { replayState } from './replay-state.ts';

export interface ReplayFlags {
  readonly format: string;
  readonly from?: string;
  readonly to?: string;
  readonly task?: string;
  readonly follow?: true;
  readonly speed: string;
  readonly state?: true;
  readonly execute?: true;
  readonly gates?: string;
  readonly at?: string;
  readonly diff?: string;
}

/** `omk goal replay`: the timeline of a goal or of a bundle; with `--state` the state that the log makes. Writes nothing. */
export async function replay(name: string, flags: ReplayFlags, output: Output): Promise<number> {
  const asked = read(flags);
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
    'Nothing lies between --from and --to',
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

function read(flags: ReplayFlags): Asked {
  const { format, from, to, task, at, diff, gates } = flags;
  if (format !== 'text' && format !== 'md' && format !== 'json')
    throw new OmkError('FLAG_INVALID', `--format must be text, md or json, not ${inspect(format)}`, '--format json');
  if (flags.follow && format === 'md')
    throw new OmkError('FLAG_INVALID', '--follow prints text or json', '--follow --format text');
  if ((at !== undefined || diff !== undefined) && !flags.state)
    throw new OmkError('FLAG_INVALID', '--at and --diff belong to --state', 'add --state');
  if (gates !== undefined && gates !== 'run' && gates !== 'recorded')
    throw new OmkError('FLAG_INVALID', `--gates must be run or recorded, not ${inspect(gates)}`, '--gates recorded');
  if (gates !== undefined && !flags.execute)
    throw new OmkError('FLAG_INVALID', '--gates belongs to --execute', 'add --execute');
  if (diff !== undefined && at === undefined)
    throw new OmkError('FLAG_INVALID', '--diff compares with --at', '--state --at 10 --diff 20');
  return {
    format,
    from: from === undefined ? null : place('--from', from),
    to: to === undefined ? null : place('--to', to),
    task: task ?? null,
    follow: flags.follow === true,
    speed: speedOf(flags.speed),
    state: flags.state === true,
    execute: flags.execute === true,
    gates: gates ?? 'run',
    at: at === undefined ? null : number('--at', at),
    diff: diff === undefined ? null : number('--diff', diff),
  };
}

/** `120` is the number of an event; `90s`, `2m` is the time since the first. */
function place(flag: string, text: string): Place {
  if (/^\d{1,9}$/.test(text)) return { seq: Number(text) };
  const secs = parseDuration(text);
  if (secs !== null && secs < 1_000_000_000n) return { afterMs: Number(secs) * 1000 };
  throw new OmkError(
    'FLAG_INVALID',
    `${flag} must be the number of an event or a time since the start, not ${inspect(text)}`,
    `${flag} 120, or ${flag} 90s`,
  );
}

function number(flag: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new OmkError('FLAG_INVALID', `${flag} must be the number of an event, not ${inspect(text)}`, `${flag} 120`);
}

function speedOf(text: string): number {
  const found = /^(\d{1,6}(?:\.\d{1,3})?)x?$/.exec(text);
  const speed = Number(found?.[1]);
  if (speed > 0) return speed;
  throw new OmkError('FLAG_INVALID', `--speed must be a number above 0, not ${inspect(text)}`, '--speed 10x');
}
