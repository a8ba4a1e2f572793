import type { GoalState } from '../../../domain/goal/state.ts';
import { EXIT_CODES } from '../../../domain/status.ts';
import type { Output } from '../output/print.ts';
import { narrate } from '../../../app/narrative/narrate.ts';
import { narrativeText } from './narrate.ts';
import type { GoalId } from '../../../domain/ids.ts';

/** Says how a goal stands when its work stopped, as the last line of a stream of events or for a person. Returns the exit code. */
export function summary(
  state: GoalState,
  {
    goal,
    folder,
    verbose,
    next,
  }: { readonly goal: GoalId; readonly folder: string; readonly verbose: boolean; readonly next?: string },
  output: Output,
): number {
  const exit = state.pausedAfter === null ? EXIT_CODES[state.status] : EXIT_CODES.ready;
  if (output.json)
    output.out(JSON.stringify({ type: 'summary', goal, status: state.status, exit, proof: `${folder}/proof` }));
  else {
    const lines = narrate(state, { goal, folder, ...(next === undefined ? {} : { next }) });
    for (const line of narrativeText(lines, { goal, colour: output.colour, brief: !verbose })) output.out(line);
  }
  return exit;
}
