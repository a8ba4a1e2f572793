import { goalFromPr } from '../../../../app/use/from-pr.ts';
import { cleanLine } from '../../../../domain/text/clean.ts';
import { withGoalWorld } from '../../../../app/goal-world.ts';
import { printJson, type Output } from '../../output/print.ts';
import { many } from '../../text/many.ts';
import { workOn } from '../../work-on.ts';
import { created } from '../run.ts';

interface FromPrFlags {
  readonly verbose?: true;
  readonly maxRounds?: number;
}

/** `omk goal resume --from-pr`: a new goal on what the pull request has now. Nothing to mend is exit code 0, pending checks are 4. */
export const fromPr = (name: string, flags: FromPrFlags, output: Output): Promise<number> =>
  withGoalWorld(name, async (world, goal) => {
    const verbose = flags.verbose === true;
    const options = { remote: null, maxRounds: flags.maxRounds ?? 3 };
    const found = await goalFromPr(world, goal, options, created(output, verbose));
    if (found.kind === 'goal') {
      if (!output.json)
        output.err(
          `goes on from the pull request: ${many(found.failed.length, 'failed check')} (${list(found.failed) || 'none'}), ` +
            many(found.threads, 'unresolved thread'),
        );
      return workOn(world, found.goal, output, { verbose });
    }
    if (output.json) printJson(output, { goal, ...found });
    else if (found.pending.length > 0)
      output.out(`nothing to mend yet at ${found.url}: ${list(found.pending)} not ended`);
    else output.out(`nothing to mend at ${found.url}: no check failed, and no review thread is open`);
    return found.pending.length > 0 ? 4 : 0;
  });

const list = (names: readonly string[]): string => names.map((name) => cleanLine(name, 60)).join(', ');
