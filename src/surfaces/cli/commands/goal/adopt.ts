import { adoptGoals, findGoal } from '../../../../app/use/adopt.ts';
import { openWorld } from '../../../../app/compose.ts';
import { currentRepository } from '../../../../app/goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { currentFolder, environment } from '../../../../app/here.ts';

export async function adopt(name: string, output: Output): Promise<number> {
  const world = await openWorld(environment());
  try {
    const goal = await findGoal(world.store, name, currentRepository);
    const result = await adoptGoals(world, goal, await world.git.inspect(currentFolder()));
    if (output.json) printJson(output, { goal: goal.goal, ...result });
    else
      output.out(
        `${result.goals} ${result.goals === 1 ? 'goal' : 'goals'} of ${result.from} ` +
          `${result.goals === 1 ? 'is' : 'are'} at ${result.to} now`,
      );
    return 0;
  } finally {
    await world.store.close();
  }
}
