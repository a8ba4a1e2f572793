import { createGoal } from '../../../app/use/create.ts';
import { createRepository } from '../../../app/use/demo.ts';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../../app/package-root.ts';
import type { Output } from '../output/print.ts';
import { openRepositoryWorld } from '../../../app/repository-world.ts';
import { workOn } from '../work-on.ts';
import { created, optionsFrom } from './run.ts';
import { verifyGoal } from './verify.ts';
import { environment } from '../../../app/here.ts';

const GONE = 'in a repository of yours: omk init, then omk run "<goal>"; omk demo --keep leaves this one to look at';
const GOAL = 'Make the failing test pass: durations with several units must add up';

/** The whole pipeline in a directory of its own: repository, state and key are made there and removed at the end. */
export async function demo(keep: boolean, output: Output): Promise<number> {
  const home = await realpath(await mkdtemp(join(tmpdir(), 'omk-demo-')));
  const share = join(packageRoot(), 'share', 'demo');
  const repository = join(home, 'stopwatch');
  try {
    await cp(join(share, 'repository'), repository, { recursive: true });
    await createRepository(repository, 'A stopwatch whose durations do not add up');
    if (!output.json)
      output.out(`a repository with a red test, and a scripted agent that cheats first   ${repository}`);
    environment()['OMK_STATE_DIR'] = join(home, 'state');
    return await runDemo(repository, join(share, 'scenario.json'), keep, output);
  } finally {
    if (keep) output.err(`kept: cd ${repository} && OMK_STATE_DIR=${join(home, 'state')} omk goal show`);
    else await rm(home, { recursive: true, force: true });
  }
}

async function runDemo(directory: string, scenario: string, keep: boolean, output: Output): Promise<number> {
  const { world, repository } = await openRepositoryWorld(environment(), directory);
  try {
    const agent = await world.agents.resolve(`scripted:${scenario}`);
    const goal = await createGoal(
      world,
      { repository, prompt: GOAL, agent, options: optionsFrom({}, world.config, agent.name, 1) },
      created(output, false),
    );
    const code = await workOn(world, goal, output, keep ? {} : { next: GONE });
    if (!output.json) output.out('');
    const report = await verifyGoal(world, goal, output);
    return report.reached === 'V1' ? code : 3;
  } finally {
    await world.store.close();
  }
}
