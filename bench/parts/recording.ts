import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuGoal } from './one-goal.ts';
import { ms, type Row } from './row.ts';

const PAIRS = 20;

export interface Recording {
  readonly row: Row;
  /** Where a goal was recorded. */
  readonly dir: string;
  /** What a recorded run took of the processor, in the median. Milliseconds. */
  readonly took: number;
}

/**
 * What recording a run costs, by processor time of omk and of all that it starts: what else the machine does tells less there than in
 * the time that passes. Runs come in pairs, one recorded and one not, in turns first.
 */
export function recording(dir: string, repository: string, what: string): Recording {
  const [recorded, silent] = [join(dir, 'recorded'), join(dir, 'silent')];
  const config = join(silent, 'home', '.config', 'omk');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'config.toml'), '[replay]\nmax_size = "0 MB"\n');
  const run = (where: string): number => cpuGoal(where, repository);
  // The first of each opens its state directory and fills the file cache.
  for (const where of [recorded, silent]) run(where);
  const pairs = Array.from({ length: PAIRS }, (_, round) => {
    const first = round % 2 === 0 ? run(recorded) : null;
    const without = run(silent);
    return { recorded: first ?? run(recorded), without };
  });
  const costs = pairs.map((pair) => (pair.recorded / pair.without - 1) * 100);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(costs, part).toFixed(1));
  const took = quantile(
    pairs.map((pair) => pair.recorded),
    0.5,
  );
  const without = quantile(
    pairs.map((pair) => pair.without),
    0.5,
  );
  return {
    dir: recorded,
    took,
    row: {
      what: `recording ${what}, processor time of ${PAIRS} pairs`,
      measured: ms(took),
      against: `not recorded ${ms(without)}`,
      figure: `${middle} % (half of the pairs: ${low} to ${high})`,
      aim: '≤ 5 %',
    },
  };
}

/** The value that this part of all is below. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const [below = 0, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}
