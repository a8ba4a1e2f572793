import { withGoalWorld } from '../../../../app/goal-world.ts';
import type { Step } from '../../../../domain/goal/step.ts';
import type { Output } from '../../output/print.ts';
import { workOn } from '../../work-on.ts';

/** One part of the work on a goal, by the same engine as all of it; then the goal is paused. */
export const step = (name: string, part: Step, verbose: boolean, output: Output): Promise<number> =>
  withGoalWorld(name, (world, goal) => workOn(world, goal, output, { verbose, step: part }));
