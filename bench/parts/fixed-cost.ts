import { join } from 'node:path';
import { gateSpans } from './gate-spans.ts';
import { runGoal } from './one-goal.ts';
import { makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';

const FILES = 500;
const ROUNDS = 5;

/** What a run costs beside its gates: all of it, from outside, without the time in which at least one gate ran. Shortest of 5. */
export function fixedCost(scratch: string): readonly Row[] {
  const dir = join(scratch, 'fixed-cost');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const home = join(dir, `round${round}`);
    const all = runGoal(home, repository);
    return { all, gates: gateSpans(join(home, 'state')).some };
  });
  const best = rounds.reduce((a, b) => (b.all - b.gates < a.all - a.gates ? b : a));
  return [
    {
      what: `fixed cost of a run, ${FILES} files`,
      measured: ms(best.all),
      against: `of it gates ${ms(best.gates)}`,
      figure: ms(best.all - best.gates),
      aim: '≤ 3000 ms',
    },
  ];
}
