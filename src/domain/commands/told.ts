import { currentSnapshot, type GoalState } from '../goal/state.ts';
import { captureGaps } from './captures.ts';
import { commandIn } from '../plan/command.ts';
import { assessTiming } from './timings.ts';

/** What an agent is told of commands that are compared: those that are not held back, and what is timed. */
export function toldCommands({ created, plan }: GoalState): string {
  const { captures = [], timings = [] } = created?.options ?? {};
  const places = new Set(plan?.criteria.flatMap((each) => (each.kind === 'captures' ? each.places : [])));
  const own = captures.filter((_each, place) => places.has(place));
  const seen = own.filter(({ heldBack }) => heldBack !== true).map((each) => `- \`${commandIn(each, false)}\``);
  const same =
    own.length === 0
      ? []
      : [
          '# Same output',
          'These commands must do what they did before the change (exit code, standard output, standard error):',
          ...seen,
          ...(seen.length < own.length ? ['Others like them are run too, and are not told here.'] : []),
        ];
  const timed = timings.filter((_each, place) =>
    plan?.criteria.some((criterion) => criterion.kind === 'timing' && criterion.place === place),
  );
  const fast =
    timed.length === 0
      ? []
      : [
          '# Faster',
          ...timed.map(
            ({ run, percent, frozen }) =>
              `- \`${run}\` must be ${percent / 100} times as fast as before, and print the same, for an n that nobody knows before.` +
              (frozen.length === 0 ? '' : ` Do not change ${frozen.join(', ')}.`),
          ),
        ];
  return [...same, ...fast].join('\n');
}

/** What was compared in the tree that is judged, a line each, for people. */
export function commandSummary(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate ?? '';
  const { captures = [] } = state.created?.options ?? {};
  return (state.plan?.criteria ?? []).flatMap((each): readonly string[] => {
    if (each.kind === 'captures' && captureGaps(state, each).length === 0) {
      const hidden = each.places.filter((place) => captures[place]?.heldBack === true).length;
      const untold = hidden === 0 ? '' : `, ${hidden} of them not told to the agent`;
      return [
        `${each.places.length} ${each.places.length === 1 ? 'command does' : 'commands do'} the same as before${untold}`,
      ];
    }
    if (each.kind !== 'timing') return [];
    const verdict = assessTiming(state, each.place, candidate);
    return verdict.kind === 'shown' ? [verdict.text] : [];
  });
}
