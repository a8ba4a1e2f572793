import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LoggedEvent } from '../../src/domain/goal/event.ts';
import { environment, OMK, timeGood } from './time.ts';

export interface Counts {
  readonly gates: number;
  readonly checkouts: number;
  readonly snapshots: number;
}

/** One goal in the generated repository with the scripted agent, which mends it at once. `dir` gets the state. */
export function runGoal(dir: string, repository: string): { readonly ms: number; readonly counts: Counts } {
  const scenario = join(dir, 'scenario.json');
  writeFileSync(scenario, JSON.stringify(SCENARIO));
  const { ms } = timeGood([...OMK, 'run', '--agent', `scripted:${scenario}`, 'Make the failing test pass'], {
    cwd: repository,
    env: environment(dir),
  });
  return { ms, counts: count(join(dir, 'state')) };
}

const SCENARIO = { turns: [{ steps: [{ edit: { path: 'src/sum.js', find: 'a - b', replace: 'a + b' } }] }] };

/** Taken from the goal's log: every gate execution has a checkout of its own, and so has every attempt. */
function count(state: string): Counts {
  const file = readdirSync(state, { recursive: true, encoding: 'utf8' }).find((name) => basename(name) === 'events.jsonl');
  if (file === undefined) throw new Error('the goal has no log');
  const lines = readFileSync(join(state, file), 'utf8').trimEnd().split('\n');
  const types = lines.map((line) => (JSON.parse(line) as LoggedEvent).type);
  const of = (type: LoggedEvent['type']): number => types.filter((one) => one === type).length;
  return { gates: of('gate.measured'), checkouts: of('gate.measured') + of('attempt.started'), snapshots: of('snapshot.taken') };
}
