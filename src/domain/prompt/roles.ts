import type { SessionRole } from '../roles/role.ts';
import type { TurnReason } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { composeFreshPrompt, composePrompt } from './compose.ts';
import { composeFreshOracle, composeOracle } from './oracle.ts';
import { composeFreshPlanner, composePlanner } from './planner.ts';

/** What a session is told, by its role; `freshPrompt` where it has no memory of the turns before. */
export function promptsFor(
  state: GoalState,
  role: SessionRole | undefined,
  reason: TurnReason,
): { readonly prompt: string; readonly freshPrompt: string } {
  switch (role) {
    case 'planner':
      return { prompt: composePlanner(state, reason), freshPrompt: composeFreshPlanner(state, reason) };
    case 'oracle':
      return { prompt: composeOracle(state, reason), freshPrompt: composeFreshOracle(state, reason) };
    case undefined:
      return { prompt: composePrompt(state, reason), freshPrompt: composeFreshPrompt(state, reason) };
  }
}
