import type { GoalState } from '../goal/state.ts';
import { asked } from './document.ts';

/** Whether the plan that stands is one that a session made, and that no person wrote anew. */
export function isPlanOfSession({ created, plans }: GoalState): boolean {
  const sha256 = created?.options.plan?.sha256;
  return plans.some((each) => each.kind === 'read' && each.sha256 === sha256);
}

/** Whether a session chose the kind of change, and with it what has to be shown. */
export const isClassOfSession = (state: GoalState): boolean =>
  state.plan?.class !== undefined && asked(state)?.class === undefined && isPlanOfSession(state);
