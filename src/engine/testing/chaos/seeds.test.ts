import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSeeds, type SeedRun } from './seeds.ts';

const GOOD: SeedRun = {
  replayed: { kind: 'reproduced', executions: 1, events: 7, made: 5 },
  status: 'ready',
  events: 7,
};

test('each seed that fails is printed with the command that runs it alone, and the others are run all the same', async () => {
  const printed: string[] = [];
  const run = async (seed: number): Promise<SeedRun> => {
    if (seed === 12) throw new TypeError('planted');
    const replayed = { kind: 'diverged', seq: 3, recorded: null, here: null, why: 'another event' } as const;
    return seed === 11 ? { ...GOOD, replayed } : GOOD;
  };
  const failed = await runSeeds({ first: 10, runs: 4, run, print: (line) => printed.push(line) });
  assert.equal(failed, 2);
  assert.equal(printed[0], 'seed 11: diverged at seq 3: another event\n  npm run chaos -- --runs 1 --seed 11');
  assert.match(
    printed[1] ?? '',
    /^seed 12: failed: TypeError: planted\n[^]*\n {2}npm run chaos -- --runs 1 --seed 12$/,
  );
  assert.equal(printed[2], '4 goals, 21 events, 2 not reproduced; ended ready 3');
});
