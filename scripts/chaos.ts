/**
 * npm run chaos [-- --runs 1000 --seed 1]: goals in a world where agents crash and hang, doors fail, clocks jump and processes are
 * killed; each is executed again from its recording and must make the same log. A seed that fails is printed with its command.
 */
import { parseArgs } from 'node:util';
import { chaos } from '../src/engine/testing/chaos/run.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const first = Number(values.seed);
const ends = new Map<string, number>();
let failed = 0;
let events = 0;
for (let seed = first; seed < first + Number(values.runs); seed += 1) {
  const { replayed, status, ...run } = await chaos(seed);
  ends.set(status, (ends.get(status) ?? 0) + 1);
  events += run.events;
  if (replayed.kind === 'reproduced') continue;
  failed += 1;
  const why =
    replayed.kind === 'diverged'
      ? `diverged at seq ${replayed.seq}: ${replayed.why}`
      : `${replayed.kind}: ${replayed.why}`;
  console.log(`seed ${seed}: ${why}\n  npm run chaos -- --runs 1 --seed ${seed}`);
}
console.log(
  `${values.runs} goals, ${events} events, ${failed} not reproduced; ended ${[...ends].map((each) => each.join(' ')).join(', ')}`,
);
process.exitCode = failed > 0 ? 1 : 0;
