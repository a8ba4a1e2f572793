import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { GoalEvent, LoggedEvent } from '../../src/domain/goal/event.ts';
import { fold } from '../../src/domain/transition/evolve.ts';
import { created } from '../../src/domain/testing/build.ts';
import { rebuild } from '../../src/replay/rebuild.ts';
import { withCheckpoints } from '../../src/replay/state-hash.ts';
import { timeline, timelineText } from '../../src/surfaces/cli/text/timeline.ts';
import { readCassette } from '../../src/world/cassette/open.ts';
import { usage } from './log.ts';
import { cpuOf } from './processor.ts';
import { quantile, recording } from './recording.ts';
import { makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';
import { environment, OMK } from './time.ts';

const FILES = 500;
const ROUNDS = 7;
const EVENTS = 100_000;

/** What recording a run costs, in time and in bytes, and what a long log costs to show and to rebuild. */
export function replay(scratch: string): readonly Row[] {
  const dir = join(scratch, 'replay');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  const { row, dir: recorded, took } = recording(dir, repository, `a one-task goal, ${FILES} files`);
  return [row, bytes(join(recorded, 'state', 'cassettes')), madeAgain(recorded, repository, took), ...longLog()];
}

/** Executing the run again without its gates, beyond what omk takes to start and to read the log; by processor time, too. */
function madeAgain(dir: string, repository: string, ran: number): Row {
  const replayed = (...args: readonly string[]): number => {
    const argv = [...OMK, 'goal', 'replay', ...args];
    const { cpu, code } = cpuOf(argv, { cwd: repository, env: environment(dir), output: join(dir, 'output') });
    if (code !== 0) throw new Error(`omk goal replay ended with ${code}`);
    return cpu;
  };
  const median = (of: () => number): number => quantile(Array.from({ length: ROUNDS }, of), 0.5);
  const own = median(() => replayed());
  const again = median(() => replayed('--execute', '--gates', 'recorded'));
  return {
    what: 'that goal executed again without gates (L3)',
    measured: ms(again),
    against: `recorded ${ms(ran)}, timeline alone ${ms(own)}`,
    figure: `${(((again - own) / ran) * 100).toFixed(1)} %`,
    aim: '≤ 10 %',
  };
}

/** On the disk, against the answers of doors and their content as they were given. */
function bytes(cassettes: string): Row {
  const [goal = ''] = readdirSync(cassettes);
  const folder = join(cassettes, goal);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const taken = files.reduce((sum, each) => sum + statSync(join(each.parentPath, each.name)).size, 0);
  const { contents, content } = readCassette(folder);
  const kept = contents().reduce((sum, name) => sum + (content(name)?.length ?? 0), 0);
  const answers = readFileSync(join(folder, '1.tape'), 'utf8')
    .split('\n')
    .reduce((sum, line) => sum + answerBytes(line), 0);
  return {
    what: 'the cassette of such a goal',
    measured: `${taken} bytes`,
    against: `answers of ${answers} and content of ${kept} bytes`,
    figure: `× ${(taken / (answers + kept)).toFixed(2)}`,
    aim: '≤ 1.2',
  };
}

function answerBytes(line: string): number {
  const entry: Readonly<Record<string, unknown>> = line === '' ? {} : JSON.parse(line.slice(17));
  return JSON.stringify([entry['r'] ?? entry['a'] ?? entry['doors'] ?? null]).length;
}

function longLog(): readonly Row[] {
  const events = logOf(EVENTS);
  const shown = timed(() => void timeline(events).flatMap(timelineText).join('\n'));
  const rebuilt = timed(() => void rebuild(events));
  const row = (what: string, took: number): Row => ({
    what,
    measured: ms(took),
    against: '',
    figure: ms(took),
    aim: '≤ 2 s',
  });
  return [row('timeline of 100,000 events (L1)', shown), row('state of 100,000 events, hashes compared (L2)', rebuilt)];
}

function logOf(count: number): readonly LoggedEvent[] {
  const first: GoalEvent = { type: 'goal.created', data: created() };
  const all = withCheckpoints(fold([]), [first, ...Array.from({ length: count }, (_, n) => usage(n))]);
  return all.map((event, seq) => ({ ...event, v: 2, seq, ts: '2026-01-31T12:00:00.000Z', prev: '0'.repeat(64) }));
}

/** Processor time. */
function timed(work: () => void): number {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
