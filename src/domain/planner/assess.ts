import type { GoalState } from '../goal/state.ts';
import { wrongAtBase } from './from-document.ts';

/** Why the plan that was handed in last cannot be worked on; empty when it can. The facts of the base are known. */
export function assessPlan(state: GoalState): readonly string[] {
  const last = state.plans.at(-1);
  if (!last) return ['no plan was handed in'];
  return last.kind === 'refused' ? last.why : wrongAtBase(state);
}
