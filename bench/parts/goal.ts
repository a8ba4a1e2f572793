import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { bare } from './bare.ts';
import { runGoal } from './one-goal.ts';
import { makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';

const FILES = 2_000;
const ROUNDS = 3;

/** A goal with one task and an agent that needs no time, against the same work done by bare commands: shortest of 3 each, in turn. */
export function goal(scratch: string): readonly Row[] {
  const dir = join(scratch, 'goal');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  let omk = Infinity;
  let other = Infinity;
  let counts = { gates: 0, checkouts: 0, snapshots: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const home = join(dir, `round${round}`);
    mkdirSync(join(home, 'home'), { recursive: true });
    const ran = runGoal(home, repository);
    counts = ran.counts;
    omk = Math.min(omk, ran.ms);
    other = Math.min(other, bare(join(home, 'bare'), repository, counts));
  }
  const { gates, checkouts, snapshots } = counts;
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
      against: `${checkouts} checkouts, ${snapshots} snapshots`,
      figure: `${gates + checkouts + snapshots}`,
      aim: 'fewer',
    },
  ];
}
