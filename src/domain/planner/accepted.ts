import type { GoalState } from '../goal/state.ts';
import { planFromPrompt } from './from-prompt.ts';
import { countedPlanners } from './counted.ts';
import { asked } from './document.ts';

/**
 * Whether a session is to make a plan, and none has ended yet. `auto`: where another session would write tests, as nothing given
 * is red.
 */
export function wantsPlanner(state: GoalState): boolean {
  const options = asked(state);
  const { created } = state;
  if (!created || created.given || options?.planner === undefined || options.plan !== undefined) return false;
  const last = countedPlanners(state).at(-1);
  if (last !== undefined && last.ended !== null) return false;
  if (last === undefined && state.asked !== null) return false;
  if (options.planner === 'always' || last !== undefined) return true;
  return planFromPrompt({ ...state, created: { ...created, options } })?.plan.oracle === 'agent';
}
