import type { Intent } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import type { LaidTests } from '../goal/laid-tests.ts';
import { followsTaskRules } from './rules.ts';

export const laidKey = ({ start, candidate }: Pick<LaidTests, 'start' | 'candidate'>): string =>
  `${start}:${candidate}`;

/** The tests of the head that the work under view started from, laid over a candidate; null where it started from the base. */
export const laidOver = (state: GoalState, candidate: TreeId): LaidTests | null =>
  state.laid.get(laidKey({ start: state.focus?.start ?? '', candidate })) ?? null;

/** The comparison with the head that is to be made before a candidate is judged; null where none is. */
export function layingWanted(state: GoalState, candidate: TreeId): Intent | null {
  const { focus, created } = state;
  if (!focus || !created || !followsTaskRules(state)) return null;
  const { start } = focus;
  if (start === created.repository.tree || start === candidate || laidOver(state, candidate)) return null;
  return { key: `lay:${laidKey({ start, candidate })}`, kind: 'lay_tests', start, candidate };
}

/** The tree whose runs say whether tests of the head still pass; null where it is one that is judged anyway. */
export function heldTree(state: GoalState, candidate: TreeId): TreeId | null {
  const laid = laidOver(state, candidate);
  const contract = state.examined.get(candidate)?.contract.tree;
  return laid && laid.tree !== candidate && laid.tree !== contract ? laid.tree : null;
}
