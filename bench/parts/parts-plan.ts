import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { LoggedEvent } from '../../src/domain/goal/event.ts';
import { cpuOf } from './processor.ts';
import { environment, OMK } from './time.ts';

const idsOf = (many: number): readonly string[] => Array.from({ length: many }, (_, index) => `part${index + 1}`);

/** A repository of so many broken parts, each with a red test, and of so many green tests in one file. */
export function makeParts(repository: string, many: number, green = 1): void {
  const ids = idsOf(many);
  const test = "import assert from 'node:assert';\nimport { test } from 'node:test';\n";
  const files: Record<string, string> = {
    'package.json': '{"name":"parts","type":"module","scripts":{"test":"node --test"}}\n',
    'test/green.test.js': `${test}for (let n = 0; n < ${green}; n++) test(\`case \${n} holds\`, () => assert.ok(true));\n`,
    'test/parts.test.js': [
      test,
      ...ids.map((id) => `import { ${id} } from '../src/${id}.js';\n`),
      ...ids.map((id) => `test('${id} works', () => assert.equal(${id}, '${id}'));\n`),
    ].join(''),
    ...Object.fromEntries(ids.map((id) => [`src/${id}.js`, `export const ${id} = 'broken';\n`])),
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

/** A scripted agent that mends the part it is told to, after a wait. The name of the file. */
export function mendParts(dir: string, many: number, waits: number): string {
  const turns = idsOf(many).map((id) => ({
    when: { prompt_matches: `Mend ${id}\\.` },
    steps: [{ wait: waits }, { write: { path: `src/${id}.js`, content: `export const ${id} = '${id}';\n` } }],
  }));
  const file = join(dir, 'scenario.json');
  writeFileSync(file, JSON.stringify({ turns }));
  return file;
}

/** One task for each part, as the name of a file. */
export function planOfParts(dir: string, many: number): string {
  const file = join(dir, 'plan.toml');
  const ids = idsOf(many);
  const text = [
    'goal = "Mend all parts"',
    ...ids.map((id) => `[[criteria]]\nid = "${id}"\ntext = "it works"\ntests = ["test/parts.test.js > ${id} works"]`),
    ...ids.map((id) => `[[tasks]]\nid = "${id}"\ntitle = "Mend ${id}."\ncriteria = ["${id}"]`),
  ];
  writeFileSync(file, `${text.join('\n')}\n`);
  return file;
}

export interface PlanFiles {
  readonly plan: string;
  readonly scenario: string;
  readonly agents: number;
}

export const planArgv = ({ plan, scenario, agents }: PlanFiles): readonly string[] => [
  ...OMK,
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

export interface PlanRun {
  /** Milliseconds from the plan to the end of the goal. */
  readonly took: number;
  /** After the plan. */
  readonly gates: number;
  readonly attempts: number;
  readonly snapshots: number;
  /** Bytes of the log as it is kept: large parts of events are blobs. */
  readonly log: number;
  /** The most memory of the controller, in MB. */
  readonly peak: number;
}

/** Runs a plan to its end, with a state of its own in `dir`. */
export function runPlan(dir: string, repository: string, files: PlanFiles): PlanRun {
  mkdirSync(join(dir, 'home'), { recursive: true });
  const output = join(dir, 'events.ndjson');
  const { code, peak } = cpuOf(planArgv(files), { cwd: repository, env: environment(dir), output });
  const text = readFileSync(output, 'utf8');
  if (code !== 0) throw new Error(`the plan ended with ${code}:\n${text.slice(-2000)}${readFileSync(`${output}.err`)}`);
  const events = text
    .trim()
    .split('\n')
    .map((line): LoggedEvent => JSON.parse(line));
  const at = (type: LoggedEvent['type']): number => Date.parse(events.find((event) => event.type === type)?.ts ?? '');
  const begun = at('plan.made');
  const of = (type: LoggedEvent['type']): number =>
    events.filter((event) => event.type === type && Date.parse(event.ts) >= begun).length;
  return {
    took: at('goal.ended') - begun,
    gates: of('gate.measured'),
    attempts: of('attempt.started'),
    snapshots: of('snapshot.taken'),
    log: logBytes(join(dir, 'state')),
    peak,
  };
}

function logBytes(state: string): number {
  const file = readdirSync(state, { recursive: true, encoding: 'utf8' }).find(
    (name) => basename(name) === 'events.jsonl',
  );
  if (file === undefined) throw new Error('the goal has no log');
  return statSync(join(state, file)).size;
}
