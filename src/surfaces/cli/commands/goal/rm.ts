import { removeGoal } from '../../../../app/use/remove.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export const rm = (name: string, force: boolean, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    await removeGoal(world, goal, force);
    if (output.json) printJson(output, { goal, removed: true });
    else output.out(`removed  ${goal}; its proof, where it had one, stays on refs/omk/proofs of the vault`);
    return 0;
  });
