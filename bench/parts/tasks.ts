import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LoggedEvent } from '../../src/domain/goal/event.ts';
import { ms, type Row } from './row.ts';
import { environment, OMK, timeGood } from './time.ts';

const TASKS = Array.from({ length: 8 }, (_, index) => `part${index + 1}`);
const WAITS = 2_000;

/** Eight tasks whose agent takes 2 s each: all at once, and one after the other. */
export function tasks(scratch: string): readonly Row[] {
  const dir = join(scratch, 'tasks');
  const repository = join(dir, 'repository');
  makeRepository(repository);
  const together = runPlan(join(dir, 'together'), repository, TASKS.length);
  const alone = runPlan(join(dir, 'alone'), repository, 1);
  return [
    {
      what: `${TASKS.length} tasks of ${WAITS / 1000} s, all at once`,
      measured: `${ms(together.took)} after the baseline, ${together.gates} gate runs`,
      against: `one after the other ${ms(alone.took)}, ${alone.gates} gate runs`,
      figure: `${(together.took / alone.took).toFixed(2)} ×`,
      aim: 'less',
    },
  ];
}

function makeRepository(repository: string): void {
  const files = {
    'package.json': '{"name":"parts","type":"module","scripts":{"test":"node --test"}}\n',
    ...Object.fromEntries(
      TASKS.flatMap((id) => [
        [`src/${id}.js`, `export const ${id} = 'broken';\n`],
        [
          `test/${id}.test.js`,
          `import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { ${id} } from '../src/${id}.js';\n` +
            `test('${id} works', () => assert.equal(${id}, '${id}'));\n`,
        ],
      ]),
    ),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
  const git = (...args: readonly string[]): void => void execFileSync('git', ['-C', repository, ...args]);
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=bench', '-c', 'user.email=bench@localhost', 'commit', '--quiet', '-m', 'Start');
}

/** From the plan to the end of the goal, in milliseconds. */
function runPlan(dir: string, repository: string, agents: number): { readonly took: number; readonly gates: number } {
  mkdirSync(join(dir, 'home'), { recursive: true });
  const scenario = join(dir, 'scenario.json');
  const plan = join(dir, 'plan.toml');
  const turns = TASKS.map((id) => ({
    when: { prompt_matches: `Mend ${id}\\.` },
    steps: [{ wait: WAITS }, { write: { path: `src/${id}.js`, content: `export const ${id} = '${id}';\n` } }],
  }));
  writeFileSync(scenario, JSON.stringify({ turns }));
  writeFileSync(
    plan,
    [
      'goal = "Mend all parts"',
      ...TASKS.map(
        (id) => `[[criteria]]\nid = "${id}"\ntext = "it works"\ntests = ["test/${id}.test.js > ${id} works"]`,
      ),
      ...TASKS.map((id) => `[[tasks]]\nid = "${id}"\ntitle = "Mend ${id}."\ncriteria = ["${id}"]`),
    ].join('\n'),
  );
  const argv = [
    'run',
    '--json',
    '--no-cache',
    '--plan',
    plan,
    '--max-agents',
    `${agents}`,
    '--agent',
    `scripted:${scenario}`,
  ];
  const { output } = timeGood([...OMK, ...argv], { cwd: repository, env: environment(dir) });
  const events = output
    .trim()
    .split('\n')
    .map((line): LoggedEvent => JSON.parse(line));
  const at = (type: LoggedEvent['type']): number => Date.parse(events.find((event) => event.type === type)?.ts ?? '');
  const begun = at('plan.made');
  const judged = events.filter((event) => event.type === 'gate.measured' && Date.parse(event.ts) > begun);
  return { took: at('goal.ended') - begun, gates: judged.length };
}
