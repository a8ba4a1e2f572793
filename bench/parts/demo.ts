import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ms, type Row } from './row.ts';
import { environment, OMK, timeGood } from './time.ts';

/** The whole pipeline with nothing to wait for: shortest of 3, each with an empty state directory. */
export function demo(scratch: string): readonly Row[] {
  const took = [1, 2, 3].map((round) => {
    const dir = join(scratch, `demo${round}`);
    mkdirSync(join(dir, 'home'), { recursive: true });
    return timeGood([...OMK, 'demo'], { cwd: dir, env: environment(dir) }).ms;
  });
  return [
    { what: 'omk demo', measured: ms(Math.min(...took)), against: '', figure: ms(Math.min(...took)), aim: '≤ 3000 ms' },
  ];
}
