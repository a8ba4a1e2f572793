import type { HeldOutFile } from '../evidence/held-out.ts';
import { visibleOf } from '../held-out/options.ts';
import { hasManyTasks, type GoalState } from './state.ts';

/** Checks that the worker saw, where they are a commit of their own below the result. Of several tasks each brings its own. */
export const checksBelow = (state: GoalState): readonly HeldOutFile[] =>
  state.created?.options.checksFirst === true && !hasManyTasks(state) ? visibleOf(state) : [];
