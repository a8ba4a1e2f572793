import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import type { LoggedEvent } from '../../src/domain/goal/event.ts';
import { cpuOf } from './processor.ts';
import { environment, OMK, ROOT, timeGood } from './time.ts';

/** What a run needs of git and gates. */
export interface Counts {
  readonly gates: number;
  /** Every file of a tree written. */
  readonly checkouts: number;
  /** A checkout that was there, made another tree by what differs. */
  readonly moves: number;
  readonly snapshots: number;
}

/** One goal in the generated repository with the scripted agent, which mends it at once. `dir` gets the state. Milliseconds. */
export function runGoal(dir: string, repository: string): number {
  return run(dir, repository, environment(dir));
}

/** The same, as the processor time of omk and of all that it starts. */
export function cpuGoal(dir: string, repository: string): number {
  const output = join(dir, 'output');
  const { cpu, code } = cpuOf(goalIn(dir), { cwd: repository, env: environment(dir), output });
  if (code !== 0) throw new Error(`the goal ended with ${code}: ${readFileSync(`${output}.err`, 'utf8')}`);
  return cpu;
}

/** The agent's program alone, from its start until it finds nobody to talk to. Milliseconds. */
export function runAgent(dir: string): number {
  const [node] = OMK;
  return timeGood([node, join(ROOT, 'dist', 'scripted-agent.js'), join(dir, 'scenario.json')], {
    cwd: dir,
    env: environment(dir),
  }).ms;
}

/** The same run, not timed, behind a git that notes each checkout; gates and snapshots are in the goal's log. */
export function countGoal(dir: string, repository: string): Counts {
  const { PATH = '', ...env } = environment(dir);
  const noted = join(dir, 'checkouts');
  const real = PATH.split(delimiter)
    .map((folder) => join(folder, 'git'))
    .find((file) => existsSync(file));
  mkdirSync(join(dir, 'bin'), { recursive: true });
  writeFileSync(
    join(dir, 'bin', 'git'),
    `#!/bin/sh\ncase "$*" in "read-tree --reset -u "*) if [ -e "$GIT_INDEX_FILE" ]; then echo moved; ` +
      `else echo whole; fi >>'${noted}';; esac\nexec '${real}' "$@"\n`,
  );
  chmodSync(join(dir, 'bin', 'git'), 0o755);
  run(dir, repository, { ...env, PATH: `${join(dir, 'bin')}${delimiter}${PATH}` });
  const lines = readFileSync(noted, 'utf8').trim().split('\n');
  const types = logOf(join(dir, 'state'));
  return {
    gates: types.filter((type) => type === 'gate.measured').length,
    checkouts: lines.filter((line) => line === 'whole').length,
    moves: lines.filter((line) => line === 'moved').length,
    snapshots: types.filter((type) => type === 'snapshot.taken').length,
  };
}

const SCENARIO = { turns: [{ steps: [{ edit: { path: 'src/sum.js', find: 'a - b', replace: 'a + b' } }] }] };

const run = (dir: string, repository: string, env: Record<string, string>): number =>
  timeGood(goalIn(dir), { cwd: repository, env }).ms;

function goalIn(dir: string): readonly string[] {
  mkdirSync(join(dir, 'home'), { recursive: true });
  const scenario = join(dir, 'scenario.json');
  writeFileSync(scenario, JSON.stringify(SCENARIO));
  return [...OMK, 'run', '--no-cache', '--agent', `scripted:${scenario}`, 'Make the failing test pass'];
}

/** What the gates of the goal that was first found ran for. */
export const purposesOf = (state: string): readonly string[] =>
  eventsOf(state).flatMap((event) => (event.type === 'gate.measured' ? [event.data.purpose] : []));

const logOf = (state: string): readonly LoggedEvent['type'][] => eventsOf(state).map(({ type }) => type);

/** The log of the goal that was first found. */
export function eventsOf(state: string): readonly LoggedEvent[] {
  const file = readdirSync(state, { recursive: true, encoding: 'utf8' }).find(
    (name) => basename(name) === 'events.jsonl',
  );
  if (file === undefined) throw new Error('the goal has no log');
  return readFileSync(join(state, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): LoggedEvent => JSON.parse(line));
}
