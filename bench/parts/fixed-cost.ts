import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runGoal } from './one-goal.ts';
import { makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';

const FILES = 500;
const ROUNDS = 5;

interface Line {
  readonly type: string;
  readonly data?: { readonly startedAt?: string; readonly durationMs?: number };
}

/** What a run costs beside its gates: all of it, from outside, without the time in which at least one gate ran. Shortest of 5. */
export function fixedCost(scratch: string): readonly Row[] {
  const dir = join(scratch, 'fixed-cost');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const home = join(dir, `round${round}`);
    const all = runGoal(home, repository);
    return { all, gates: gatesIn(join(home, 'state')) };
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

/** Milliseconds in which at least one gate ran. */
function gatesIn(state: string): number {
  const log = readdirSync(state, { recursive: true, encoding: 'utf8' }).find(
    (name) => basename(name) === 'events.jsonl',
  );
  if (log === undefined) throw new Error('the goal has no log');
  const spans = readFileSync(join(state, log), 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text) as Line)
    .flatMap(({ data }) =>
      data?.startedAt === undefined ? [] : [{ from: Date.parse(data.startedAt), took: data.durationMs ?? 0 }],
    )
    .sort((a, b) => a.from - b.from);
  let until = 0;
  let total = 0;
  for (const { from, took } of spans) {
    const start = Math.max(from, until);
    total += Math.max(0, from + took - start);
    until = Math.max(until, from + took);
  }
  return total;
}
