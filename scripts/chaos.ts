/**
 * npm run chaos [-- --runs 1000 --seed 1]: goals in a world where agents crash and hang, doors fail, clocks jump and processes are
 * killed; each is executed again from its recording and must make the same log. A seed that fails is printed with its command, and
 * the exit code is 1.
 */
import { parseArgs } from 'node:util';
import { chaos } from '../src/engine/testing/chaos/run.ts';
import { commandOf, runSeeds } from '../src/engine/testing/chaos/seeds.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});

function whole(name: 'runs' | 'seed'): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  console.error(`--${name} must be a whole number from 1 on, not ${values[name]}`);
  process.exit(2);
}

let underWay = whole('seed');
// A goal that waits for nothing that comes ends the process in the middle.
process.once('exit', (code) => {
  if (code === 13) console.log(`seed ${underWay}: it never ended\n  ${commandOf(underWay)}`);
});
const failed = await runSeeds({
  first: underWay,
  runs: whole('runs'),
  run: (seed) => {
    underWay = seed;
    return chaos(seed);
  },
  print: (line) => console.log(line),
});
process.exitCode = failed > 0 ? 1 : 0;
