import { withGoalWorld } from '../../../../app/goal-world.ts';
import type { Output } from '../../output/print.ts';
import { workOn } from '../../work-on.ts';

export const resume = (name: string, verbose: boolean, output: Output): Promise<number> =>
  withGoalWorld(name, (world, goal) => workOn(world, goal, output, { verbose }));
