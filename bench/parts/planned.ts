import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bare } from './bare.ts';
import { gateSpans } from './gate-spans.ts';
import { purposesOf, runAgent, type Counts } from './one-goal.ts';
import { FIXED, makeRepository } from './repository.ts';
import { ms, type Row } from './row.ts';
import { environment, OMK, timeGood } from './time.ts';

const FILES = 500;
const ROUNDS = 3;
const GOAL = 'Add a function that doubles, in src/double.js';

const nameOf = (value: number): string => `test/double-${value}.test.js`;
const textOf = (value: number): string =>
  "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n" +
  `import { double } from '../src/double.js';\n\ntest('doubles ${value}', () => assert.equal(double(${value}), ${2 * value}));\n`;
const doubles = (body: string): string => `export const double = (value) => ${body};\n`;

const write = (path: string, content: string): object => ({ write: { path, content } });
const check = (value: number): object => write(nameOf(value), textOf(value));
const solution = (body: string, folder = ''): object => write(`${folder}src/double.js`, doubles(body));

interface Way {
  readonly what: string;
  readonly flags: readonly string[];
  readonly turns: readonly object[];
  /** For each gate run of the list, what the tests expect of that lie in its checkout beside those of the base; null on the base. */
  readonly runs: readonly (readonly number[] | null)[];
  /** The work that it cannot do without. */
  readonly needs: Counts;
  readonly list: string;
  readonly aim: string;
}

const WAYS: readonly Way[] = [
  {
    what: 'goal from a green repository, checks of another session',
    flags: ['--planner', 'never', '--oracle', 'agent'],
    runs: [null, null, [2, -3], [2, -3], [], [], [2]],
    turns: [
      { when: { prompt_matches: 'Your part' }, steps: [check(2), check(-3), solution('0', 'omk-oracle/wrong/')] },
      { steps: [solution('2 * value')] },
    ],
    needs: { gates: 7, checkouts: 3, moves: 0, snapshots: 0 },
    list: '2 baselines, 2 on the wrong solution, contract, canary, hollow, 3 checkouts',
    aim: '≤ 1.6 ×',
  },
  {
    what: 'the same, tests of the worker',
    flags: ['--planner', 'never', '--oracle', 'worker'],
    runs: [null, null, [], [2], [2], [2]],
    turns: [{ steps: [check(2), solution('2 * value')] }],
    needs: { gates: 6, checkouts: 3, moves: 0, snapshots: 0 },
    list: '2 baselines, contract, candidate, canary, hollow, 3 checkouts',
    aim: '≤ 1.5 ×',
  },
];

/**
 * A planned goal of one task with agents that have nothing to think about, against its list of work done by bare commands one after
 * the other, each run with the tests that lie there when omk makes it:
 * shortest of 3 each, in turn, the second goal of a repository, without the time of the agents' program alone.
 */
export function planned(scratch: string): readonly Row[] {
  const dir = join(scratch, 'planned');
  const repository = join(dir, 'repository');
  makeRepository(repository, FILES);
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', ...args], {
      cwd: repository,
      stdio: 'ignore',
    });
  git('reset', '--hard', FIXED);
  writeFileSync(
    join(repository, '.omk', 'gates.toml'),
    '[[gates]]\nname = "test"\ncommand = "node"\nargs = ["--test"]\n',
  );
  git('commit', '--all', '--message', 'Run every test');
  return WAYS.flatMap((way) => measure(way, dir, repository));
}

function measure({ what, flags, turns, runs, needs, list, aim }: Way, dir: string, repository: string): readonly Row[] {
  const shortest = { run: Infinity, agent: Infinity, bare: Infinity };
  const files = runs.map((checks) =>
    checks === null
      ? {}
      : {
          'src/double.js': doubles('2 * value'),
          ...Object.fromEntries(checks.map((value) => [nameOf(value), textOf(value)])),
        },
  );
  let ran: readonly string[] = [];
  let spans = { some: 0, two: 0 };
  const note = (key: keyof typeof shortest, took: number): void => void (shortest[key] = Math.min(shortest[key], took));
  for (let round = 0; round < ROUNDS; round++) {
    const home = join(dir, `${turns.length}-${round}`);
    mkdirSync(join(home, 'home'), { recursive: true });
    const scenario = join(home, 'scenario.json');
    writeFileSync(scenario, JSON.stringify({ turns }));
    const run = (): number =>
      timeGood([...OMK, 'run', '--no-cache', ...flags, '--agent', `scripted:${scenario}`, GOAL], {
        cwd: repository,
        env: environment(home),
      }).ms;
    run();
    note('run', run());
    note('agent', turns.length * runAgent(home));
    note('bare', bare(join(home, 'bare'), repository, needs, { argv: ['node', '--test'], files }));
    ran = purposesOf(join(home, 'state'));
    spans = gateSpans(join(home, 'state'));
  }
  return [
    {
      what,
      measured: `${ms(shortest.run)}, of it agents ${ms(shortest.agent)}`,
      against: `${list}: ${ms(shortest.bare)}`,
      figure: `${((shortest.run - shortest.agent) / shortest.bare).toFixed(2)} ×`,
      aim,
    },
    {
      what: 'gate runs of such a goal, each asked for by a trust rule',
      measured: [...Map.groupBy(ran, (purpose) => purpose)]
        .map(([purpose, all]) => `${all.length} ${purpose}`)
        .join(', '),
      against: `${needs.gates} in the list`,
      figure: `${ran.length}`,
      aim: 'fewer',
    },
    {
      what: 'time in which gates ran, of the first goal of the last round',
      measured: `one at least ${ms(spans.some)}, two at once ${ms(spans.two)}`,
      against: 'two cores',
      figure: `${((100 * spans.two) / spans.some).toFixed(0)} %`,
      aim: 'all at once',
    },
  ];
}
