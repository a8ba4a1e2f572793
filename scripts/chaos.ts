/**
 * npm run chaos [-- --runs 1000 --seed 1]: goals in a world where agents crash and hang, doors fail, clocks jump and processes are
 * killed; each is executed again from its recording and must make the same log. A seed that fails is printed with its command, and
 * the exit code is 1.
 */
import { parseArgs } from 'node:util';
import { chaos } from '../src/engine/testing/chaos/run.ts';
import { commandOf, runSeeds } from '../src/engine/testing/chaos/seeds.ts';

const HELP = `npm run chaos -- [options]

Works on goals in a world that follows from their seeds, and executes each again from its recording. Exit code 1 when one
does not make the same log; it is printed with the command that plays it alone.

  --runs <n>   how many goals, 1000 by default
  --seed <n>   the seed of the first, 1 by default
`;

const { values } = asked();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}

function asked() {
  try {
    return parseArgs({
      options: {
        runs: { type: 'string', default: '1000' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    process.exit(2);
  }
}

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
