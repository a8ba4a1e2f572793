import { join } from 'node:path';
import { makeParts, mendParts, planOfParts, runPlan } from './parts-plan.ts';
import { ms, type Row } from './row.ts';

const [TASKS, AGENTS, TESTS] = [100, 16, 5_000];

/** A plan of 100 tasks in a repository with 5,000 tests: that it ends, and what its log weighs. Takes minutes. */
export function manyTests(scratch: string): readonly Row[] {
  const dir = join(scratch, 'many-tests');
  const repository = join(dir, 'repository');
  makeParts(repository, TASKS, TESTS - TASKS);
  const files = { plan: planOfParts(dir, TASKS), scenario: mendParts(dir, TASKS, 0), agents: AGENTS };
  const { took, gates, attempts, log, peak } = runPlan(join(dir, 'run'), repository, files);
  return [
    {
      what: `the log of a plan of ${TASKS} tasks, ${TESTS} tests`,
      measured: `${(log / 1e6).toFixed(1)} MB; ready after ${ms(took)}`,
      against: `${attempts} attempts, ${gates} gate runs`,
      figure: `${(log / 1e6).toFixed(1)} MB`,
      aim: '< 20 MB',
    },
    {
      what: 'memory of the controller in it',
      measured: `${peak.toFixed(0)} MB at most`,
      against: `${AGENTS} agents at once`,
      figure: `${peak.toFixed(0)} MB`,
      aim: 'less',
    },
  ];
}
