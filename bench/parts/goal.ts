import { join } from 'node:path';
import { bare } from './bare.ts';
import { countGoal, runGoal } from './one-goal.ts';
import { makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';

const FILES = 2_000;
const ROUNDS = 5;

/** A goal with one task and an agent that needs no time, against the same work done by bare commands: shortest of 5 each, in turn. */
export function goal(scratch: string): readonly Row[] {
  const dir = join(scratch, 'goal');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  const counts = countGoal(join(dir, 'counted'), repository);
  let omk = Infinity;
  let other = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const home = join(dir, `round${round}`);
    omk = Math.min(omk, runGoal(home, repository));
    other = Math.min(other, bare(join(home, 'bare'), repository, counts));
  }
  const { gates, checkouts, moves, snapshots } = counts;
  return [
    {
      what: `one-task goal, ${FILES} files`,
      measured: ms(omk),
      against: `bare commands ${ms(other)}`,
      figure: `${(omk / other).toFixed(2)} ×`,
      aim: '≤ 1.5 ×',
    },
    {
      what: 'work such a goal needs',
      measured: `${gates} gate executions`,
      against: `${checkouts} checkouts, ${moves} moved on, ${snapshots} snapshot`,
      figure: `${gates + checkouts + moves + snapshots}`,
      aim: 'fewer',
    },
  ];
}
