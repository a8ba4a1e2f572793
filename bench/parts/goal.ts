import { join } from 'node:path';
import { bare } from './bare.ts';
import { countGoal, runAgent, runGoal } from './one-goal.ts';
import { makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';

const FILES = 2_000;
const ROUNDS = 5;

/**
 * A goal with one task and an agent that has nothing to think about, against the same work done by bare commands: shortest of 5
 * each, in turn. The figure is of omk's own time, without that of the agent's program when it is started alone. The first goal
 * of a repository also copies it into the vault.
 */
export function goal(scratch: string): readonly Row[] {
  const dir = join(scratch, 'goal');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  const counts = countGoal(join(dir, 'counted'), repository);
  const shortest = { first: Infinity, next: Infinity, bare: Infinity, agent: Infinity };
  const note = (what: keyof typeof shortest, ms: number): void => void (shortest[what] = Math.min(shortest[what], ms));
  for (let round = 0; round < ROUNDS; round++) {
    const home = join(dir, `round${round}`);
    note('first', runGoal(home, repository));
    note('next', runGoal(home, repository));
    note('agent', runAgent(home));
    note('bare', bare(join(home, 'bare'), repository, counts));
  }
  const against = `bare commands ${ms(shortest.bare)}`;
  const own = (took: number): Pick<Row, 'measured' | 'figure'> => ({
    measured: `${ms(took)}, of it agent ${ms(shortest.agent)}`,
    figure: `${((took - shortest.agent) / shortest.bare).toFixed(2)} ×`,
  });
  const { gates, checkouts, moves, snapshots } = counts;
  return [
    { what: `one-task goal, ${FILES} files`, ...own(shortest.next), against, aim: '≤ 1.5 ×' },
    { what: 'first goal of a repository', ...own(shortest.first), against, aim: '' },
    {
      what: 'work such a goal needs',
      measured: `${gates} gate executions`,
      against: `${checkouts} checkouts, ${moves} moved on, ${snapshots} snapshot`,
      figure: `${gates + checkouts + moves + snapshots}`,
      aim: 'fewer',
    },
  ];
}
