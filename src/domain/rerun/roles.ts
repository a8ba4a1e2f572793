import type { Measurement, Purpose } from '../gates/evidence.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';

type Of = Pick<GoalState, 'created' | 'examined' | 'hollowed'>;

/** What a tree is to a goal; null for one that was judged on the way. A hollow tree made otherwise is the same thing. */
function placeOf({ created, examined, hollowed }: Of, candidate: TreeId | null, tree: TreeId): string | null {
  if (tree === created?.repository.tree) return 'the base';
  if (candidate === null) return null;
  if (tree === examined.get(candidate)?.contract.tree && tree !== candidate)
    return 'the change with the tests of the base';
  if (tree === candidate) return 'the change';
  if (tree === examined.get(candidate)?.reversal?.tree) return 'all of the change but its product';
  const made = hollowed.get(candidate);
  if (tree === made?.tree) return 'the change with what it does taken out';
  return tree === made?.takenBack ? 'the change with all but its tests taken back' : null;
}

/** What a run was for, in words: equal for a recorded run and the same one here; null for one that decided nothing in the end. */
function roleOf(state: Of, candidate: TreeId | null, run: Measurement): string | null {
  const place = placeOf(state, candidate, run.over ?? run.tree);
  if (run.purpose === 'oracle') return `held-out checks where they must fail, run ${run.round}`;
  if (place === null) return null;
  switch (run.purpose) {
    case 'baseline':
      return `the base, run ${run.round}`;
    case 'canary':
      return `${place}${run.over === undefined ? '' : ' with held-out checks'}, planted tests that must fail`;
    case 'altered':
      return `${place}, tests with another expectation, which must fail`;
    case 'held_out':
      return `held-out checks on ${place}`;
    case 'contract':
    case 'candidate':
    case 'hollow':
    case 'reversal':
      return place;
  }
}

const ORDER: readonly Purpose[] = [
  'baseline',
  'oracle',
  'contract',
  'candidate',
  'canary',
  'altered',
  'hollow',
  'reversal',
  'held_out',
];

/** As runs are told; those of one purpose and round stay in the order in which they were made. */
const inOrder = (a: Measurement, b: Measurement): number =>
  ORDER.indexOf(a.purpose) - ORDER.indexOf(b.purpose) || a.round - b.round;

/** The last run of each role: a run that was tried again says what the last one showed. */
export function byRole(
  state: Of,
  candidate: TreeId | null,
  runs: readonly Measurement[],
): ReadonlyMap<string, Measurement> {
  return new Map(
    [...runs].sort(inOrder).flatMap((run) => {
      const role = roleOf(state, candidate, run);
      return role === null ? [] : [[role, run] as const];
    }),
  );
}
