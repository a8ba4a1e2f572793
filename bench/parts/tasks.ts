import { availableParallelism } from 'node:os';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOf } from './processor.ts';
import { makeParts, mendParts, planOfParts, runPlan, type PlanRun } from './parts-plan.ts';
import { ms, type Row } from './row.ts';
import { environment, OMK, PATH, ROOT } from './time.ts';

const TASKS = 8;
const WAITS = 2_000;

/**
 * Eight tasks whose agent takes 2 s each: all at once, and one after the other; against what the agents' programs, checkouts,
 * snapshots and gates use of the processors when they run bare.
 */
export function tasks(scratch: string): readonly Row[] {
  const dir = join(scratch, 'tasks');
  const repository = join(dir, 'repository');
  makeParts(repository, TASKS);
  const plan = planOfParts(dir, TASKS);
  const scenario = mendParts(dir, TASKS, WAITS);
  const run = (name: string, agents: number): PlanRun =>
    runPlan(join(dir, name), repository, { plan, scenario, agents });
  const together = run('together', TASKS);
  const alone = run('alone', 1);
  const bare = bareMs(join(dir, 'bare'), repository, together);
  const cores = availableParallelism();
  const allowed = WAITS + (1.3 * bare) / cores;
  return [
    {
      what: `${TASKS} tasks of ${WAITS / 1000} s, all at once`,
      measured: `${ms(together.took)} after the baseline, ${together.gates} gate runs`,
      against: `2 s + 1.3 × ${ms(bare)} bare / ${cores} cores = ${ms(allowed)}`,
      figure: `${(together.took / allowed).toFixed(2)} ×`,
      aim: '≤ 1',
    },
    {
      what: 'the same, one after the other',
      measured: `${ms(alone.took)}, ${alone.gates} gate runs`,
      against: `all at once ${ms(together.took)}`,
      figure: `${(together.took / alone.took).toFixed(2)} ×`,
      aim: 'less',
    },
  ];
}

/** Milliseconds of processor time: each kind of work once, times how often the run did it. */
function bareMs(dir: string, repository: string, { gates, attempts, snapshots }: PlanRun): number {
  mkdirSync(join(dir, 'home'), { recursive: true });
  mkdirSync(join(dir, 'tree'));
  const tree = join(dir, 'tree');
  const [node] = OMK;
  const index = { GIT_DIR: join(repository, '.git'), GIT_WORK_TREE: tree, GIT_INDEX_FILE: join(dir, 'index') };
  const of = (argv: readonly string[], more: Record<string, string> = {}): number =>
    cpuOf(argv, { cwd: tree, env: { PATH, HOME: dir, LC_ALL: 'C.UTF-8', ...more } }).cpu;
  const checkout = of(['git', 'read-tree', '--reset', '-u', 'HEAD'], index);
  const snapshot = of(['git', 'add', '--all'], index) + of(['git', 'write-tree'], index);
  const gate = of(['npm', 'test']);
  const agent = of([node, join(ROOT, 'dist', 'scripted-agent.js'), join(dir, 'none')], environment(dir));
  return (gates + attempts) * checkout + snapshots * snapshot + gates * gate + attempts * agent;
}
