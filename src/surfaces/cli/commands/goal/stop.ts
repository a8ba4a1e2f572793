import { stopGoal } from '../../../../engine/commands/stop.ts';
import { withGoalWorld } from '../../goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export const stop = (name: string, how: 'pause' | 'cancel', output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const state = await stopGoal(world, goal, how, 'asked for on the command line');
    if (output.json) printJson(output, { goal, status: state.status });
    else output.out(`${state.status}  ${goal}`);
    return 0;
  });
