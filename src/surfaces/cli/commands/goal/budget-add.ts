import { addBudget, needsExtension } from '../../../../app/use/budget.ts';
import { extendedShape } from '../../../../domain/budget/contract.ts';
import type { ExtensionRequest } from '../../../../domain/budget/extend.ts';
import { contractJson } from '../../../../domain/budget/json.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import type { Output } from '../../output/print.ts';
import { budgetRows } from '../../../../app/live/budget.ts';
import { figuresOf } from '../../../../domain/budget/moment.ts';

/** `omk goal budget-add`: all of what was named, or nothing. A run that is under way goes on with it at once. */
export async function budgetAdd(name: string, request: ExtensionRequest, output: Output): Promise<number> {
  needsExtension(request);
  return withGoalWorld(name, async (world, goal) => {
    const event = await addBudget(world, goal, request);
    if (output.json) output.out(contractJson(extendedShape(event)));
    else {
      const { limits, used } = figuresOf(event);
      output.out(`${event.status}  ${goal}`);
      const { ledger } = fold((await world.store.read(goal)).map((line) => line.event)).budget;
      for (const row of budgetRows(limits, used, ledger))
        if (row.spent !== null) output.out(`  ${row.name.padEnd(7)} ${row.used} of ${row.total}, ${row.left}`);
      if (event.status !== 'running') output.out(`  next    omk goal resume ${goal}`);
    }
    return 0;
  });
}
