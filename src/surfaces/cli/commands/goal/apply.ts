import { type ApplyOptions, applyGoal } from '../../../../app/use/apply.ts';
import { stateOf } from '../../../../app/goal-state.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';
import { ofWork } from '../../text/kept.ts';

export const apply = (name: string, options: ApplyOptions, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const result = await applyGoal(world, goal, options);
    const { judged, attempt, turn } = result;
    if (output.json) printJson(output, { goal, ...result });
    else {
      const where = `${result.kind === 'merged' ? 'merged as' : 'on branch'} ${result.branch} (commit ${result.commit.slice(0, 12)})`;
      if (judged !== 'ready' && attempt === undefined) output.out(`what landed, of a goal that is not ready\n${where}`);
      else if (judged === 'ready' || attempt === undefined || turn === undefined)
        output.out(`${result.kind === 'merged' ? '' : 'result '}${where}; its proof is on refs/omk/proofs`);
      else {
        const state = await stateOf(world, goal);
        output.out(`${ofWork({ attempt, turn, judged }, state)}\n${where}`);
      }
    }
    return 0;
  });
