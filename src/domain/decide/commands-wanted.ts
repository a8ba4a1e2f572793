import { end } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import { capturesWanted, unfitCaptures } from '../commands/captures.ts';
import type { CommandRun, Observed } from '../plan/command.ts';
import { noiseWanted, timingsWanted, unfitTimings } from '../commands/timings.ts';

export const observe = (run: CommandRun): Intent => ({
  key: `observe:${run.of}:${run.place}:${run.tree}:${run.round}:${run.n ?? ''}:${run.against ?? ''}`,
  kind: 'observe',
  run,
});

/** Captures of the base at once; then what is timed, one after the other. */
export function commandsAtBase(state: GoalState): readonly CommandRun[] {
  const captures = capturesWanted(state, state.created?.repository.tree ?? '', null);
  if (captures.length > 0) return captures;
  const timing = noiseWanted(state);
  return timing === null ? [] : [timing];
}

/** Before an agent is paid: commands with which nothing could be compared. */
export function unfitCommands(state: GoalState): Intent | null {
  const unfit = [...unfitCaptures(state), ...unfitTimings(state)];
  if (unfit.length === 0) return null;
  return end(state, 'blocked_on_human', {
    code: 'COMMAND_UNFIT',
    text: unfit.join('; '),
    fix: 'a new omk run with another command, or with mask in the plan for what differs from run to run (docs/plans.md)',
  });
}

/** What the agent was not told of, then what is timed. */
export function commandsWanted(state: GoalState, candidate: TreeId): readonly CommandRun[] {
  const hidden = capturesWanted(state, candidate, true);
  return hidden.length > 0 ? hidden : timingsWanted(state, candidate);
}

/** Why an execution cannot be one of this goal, or null. */
export function wrongObserved({ created, observed }: GoalState, data: Observed): string | null {
  const all = data.of === 'capture' ? created?.options.captures : created?.options.timings;
  if (all?.[data.place] === undefined) return 'the goal has no such command';
  const key = observe(data).key;
  return observed.some((each) => observe(each).key === key) ? 'observed already' : null;
}
