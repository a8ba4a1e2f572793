import { stopGoal } from '../../../../app/use/stop.ts';
import { findKept } from '../../../../domain/task/kept.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export const stop = (name: string, how: 'pause' | 'cancel', output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const state = await stopGoal(world, goal, how, 'asked for on the command line');
    if (output.json) printJson(output, { goal, status: state.status });
    else {
      output.out(`${state.status}  ${goal}`);
      if (how === 'pause') output.out(`  next     omk goal resume ${goal}`);
      else if (findKept(state, { attempt: null, turn: null }) !== null)
        output.out(`  next     its work is kept: omk goal diff ${goal}, or omk goal apply ${goal} --not-ready`);
    }
    return 0;
  });
