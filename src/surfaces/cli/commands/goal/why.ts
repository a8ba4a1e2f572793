import { noTask } from '../../../../app/use/kept.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { whyTask } from '../../../../domain/task/why.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { printJson, type Output } from '../../output/print.ts';
import { table } from '../../text/table.ts';

/** `omk goal why`: read from the state alone, so it is the same whoever works on the goal. Null: of every task. */
export const why = (name: string, asked: string | null, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal }) => {
    const state = fold((await store.read(goal)).map(({ event }) => event));
    const tasks = (state.plan?.tasks ?? []).map(({ id }) => id);
    if (asked !== null && !tasks.includes(asked)) throw noTask(goal, asked, tasks);
    const said = (asked === null ? tasks : [asked]).flatMap((task) => {
      const found = whyTask(state, goal, task);
      return found ? [{ task, ...found }] : [];
    });
    if (output.json) printJson(output, asked === null ? said : said[0]);
    else if (said.length === 0) output.out(`no tasks: the goal has no plan (omk goal status ${goal} says why)`);
    else if (asked === null)
      for (const line of table(
        null,
        said.map(({ task, text }) => [task, cleanLine(text, 300)]),
        output,
      ))
        output.out(line);
    else
      for (const { task, text, fix } of said) {
        output.out(`${task}: ${cleanLine(text, 400)}`);
        if (fix !== null) output.out(`  ${fix}`);
      }
    return 0;
  });
