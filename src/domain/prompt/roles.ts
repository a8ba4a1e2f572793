import type { SessionRole } from '../roles/role.ts';
import type { TurnReason } from '../goal/intent.ts';
import type { GoalState } from '../goal/state.ts';
import { composeFreshPrompt, composePrompt } from './compose.ts';
import { quoteGuides, type Guide } from './guides.ts';
import { composeFreshOracle, composeOracle } from './oracle.ts';
import { composeFreshPlanner, composePlanner } from './planner.ts';

/** Names of the texts that prompts are made of, which the log has for each turn. A change of a text needs a new name. */
export const PROMPTS = { planner: 'planner/2', oracle: 'oracle/2', worker: 'worker/1' } as const;

interface Prompts {
  readonly prompt: string;
  readonly freshPrompt: string;
  readonly name: string;
}

/** What a session is told, by its role; `freshPrompt` where it has no memory of the turns before. */
export function promptsFor(
  state: GoalState,
  role: SessionRole | undefined,
  reason: TurnReason,
  guides: readonly Guide[],
): Prompts {
  const { prompt, freshPrompt } = composed(state, role, reason);
  const told = quoteGuides(guides);
  const withGuides = (text: string): string => [text, told].filter(Boolean).join('\n\n');
  return {
    prompt: reason === 'feedback' ? prompt : withGuides(prompt),
    freshPrompt: withGuides(freshPrompt),
    name: PROMPTS[role ?? 'worker'],
  };
}

function composed(state: GoalState, role: SessionRole | undefined, reason: TurnReason): Omit<Prompts, 'name'> {
  switch (role) {
    case 'planner':
      return { prompt: composePlanner(state, reason), freshPrompt: composeFreshPlanner(state, reason) };
    case 'oracle':
      return { prompt: composeOracle(state, reason), freshPrompt: composeFreshOracle(state, reason) };
    case undefined:
      return { prompt: composePrompt(state, reason), freshPrompt: composeFreshPrompt(state, reason) };
  }
}
