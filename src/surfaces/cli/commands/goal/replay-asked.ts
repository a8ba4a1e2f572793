import { inspect } from 'node:util';
import type { Place } from '../../../../app/replay.ts';
import { parseDuration } from '../../../../domain/budget/duration.ts';
import { OmkError } from '../../../../domain/error.ts';

export interface ReplayFlags {
  readonly format?: string;
  readonly json?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly task?: string;
  readonly follow?: true;
  readonly speed?: string;
  readonly state?: true;
  readonly execute?: true;
  readonly gates?: string;
  readonly at?: string;
  readonly diff?: string;
}

export interface Asked {
  readonly format: 'text' | 'md' | 'json';
  readonly from: Place | null;
  readonly to: Place | null;
  readonly task: string | null;
  readonly follow: boolean;
  readonly speed: number;
  readonly state: boolean;
  readonly execute: boolean;
  readonly gates: 'run' | 'recorded';
  readonly at: number | null;
  readonly diff: number | null;
}

/** What a person asked for. A flag that would do nothing is refused: nobody must think that it did. `OmkError` `FLAG_INVALID`. */
export function askedOf(flags: ReplayFlags): Asked {
  const { format = flags.json ? 'json' : 'text', from, to, task, at, diff, gates } = flags;
  if (flags.json && format !== 'json')
    throw new OmkError('FLAG_INVALID', `--json and --format ${format} cannot be asked for at once`, '--format json');
  if (format !== 'text' && format !== 'md' && format !== 'json')
    throw new OmkError('FLAG_INVALID', `--format must be text, md or json, not ${inspect(format)}`, '--format json');
  if (gates !== undefined && gates !== 'run' && gates !== 'recorded')
    throw new OmkError('FLAG_INVALID', `--gates must be run or recorded, not ${inspect(gates)}`, '--gates recorded');
  refuseIdle(flags);
  return {
    format,
    from: from === undefined ? null : place('--from', from),
    to: to === undefined ? null : place('--to', to),
    task: task ?? null,
    follow: flags.follow === true,
    speed: speedOf(flags.speed ?? '1x'),
    state: flags.state === true,
    execute: flags.execute === true,
    gates: gates ?? 'run',
    at: at === undefined ? null : number('--at', at),
    diff: diff === undefined ? null : number('--diff', diff),
  };
}

function refuseIdle(flags: ReplayFlags): void {
  const { state, execute, follow, format, at, diff, gates, speed } = flags;
  const refuse = (isIdle: boolean | undefined, why: string, fix: string): void => {
    if (isIdle) throw new OmkError('FLAG_INVALID', why, fix);
  };
  refuse(state && execute, '--state and --execute cannot be asked for at once', '--execute');
  refuse((at !== undefined || diff !== undefined) && !state, '--at and --diff belong to --state', 'add --state');
  refuse(diff !== undefined && at === undefined, '--diff compares with --at', '--state --at 10 --diff 20');
  refuse(gates !== undefined && !execute, '--gates belongs to --execute', 'add --execute');
  const whole = state ? '--state' : '--execute';
  if (state || execute) {
    const other = (['task', 'from', 'to', 'follow', 'speed'] as const).find((flag) => flags[flag] !== undefined);
    refuse(
      other !== undefined,
      `--${other} is for the timeline, not for ${whole}`,
      `leave out --${other}, or ${whole}`,
    );
    refuse(format === 'md', `${whole} prints text or json`, `${whole} --format json`);
  }
  refuse(speed !== undefined && !follow, '--speed belongs to --follow', 'add --follow');
  refuse(follow && format === 'md', '--follow prints text or json', '--follow --format text');
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
