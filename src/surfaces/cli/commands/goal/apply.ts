import { type Applied, type ApplyOptions, applyGoal } from '../../../../app/use/apply.ts';
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
      for (const line of oracleLines(result)) output.out(line);
    }
    return 0;
  });

/** The tests that were written before the work, and what stays out of the result. */
function oracleLines({ checks, oracle }: Applied): readonly string[] {
  const first =
    checks === undefined ? [] : [`its first commit (${checks.slice(0, 12)}) has the tests that the worker was given`];
  if (oracle === undefined) return first;
  if (oracle === null)
    return [...first, 'nothing else judged it: no hidden checks, wrong solutions or compared commands'];
  const { branch, hidden, wrong, commands } = oracle;
  const what = [
    [hidden, 'hidden check', 'hidden checks'],
    [wrong, 'file of a wrong solution', 'files of a wrong solution'],
    [commands, 'compared command', 'compared commands'],
  ] as const;
  const told = what.flatMap(([n, one, many]) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]));
  return [...first, `what judged it on branch ${branch}: ${told.join(', ')}; nobody judged that as a whole`];
}
