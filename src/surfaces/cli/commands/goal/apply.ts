import { applyGoal } from '../../../../engine/commands/apply.ts';
import { withGoalWorld } from '../../goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';

export const apply = (
  name: string,
  options: { readonly branch: string | null; readonly merge: boolean },
  output: Output,
): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const result = await applyGoal(world, goal, options);
    if (output.json) printJson(output, { goal, ...result });
    else
      output.out(
        `${result.kind === 'merged' ? 'merged as' : 'result on branch'} ${result.branch} (commit ${result.commit.slice(0, 12)}); its proof is on refs/omk/proofs`,
      );
    return 0;
  });
