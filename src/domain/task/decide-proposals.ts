import type { Intent } from '../goal/intent.ts';
import type { AttemptState, DataOf, GoalState } from '../goal/state.ts';
import { canonical } from '../canonical.ts';
import { ruleOn } from './proposal.ts';

/** A task that the agent of an open attempt proposed in its last turn, and that was not ruled on yet. */
export function proposalWanted({ proposals }: GoalState, { attempt, turns }: AttemptState): Intent | null {
  const turn = turns.at(-1);
  const proposed = turn?.handed?.some(({ tool }) => tool === 'task_propose') || turn?.snapshot?.proposal;
  if (!turn?.snapshot || !proposed) return null;
  if (proposals.some((each) => each.attempt === attempt && each.turn === turn.turn)) return null;
  return { key: `proposal:${attempt}:${turn.turn}`, kind: 'read_proposal', attempt, turn: turn.turn };
}

/** Why a proposal may not be ruled on so, or null. Whatever is refused changes nothing. */
export function wrongRuling(
  state: GoalState,
  { attempt, turn, proposal, ruling }: DataOf<'task.proposed'>,
): string | null {
  const made = state.attempts.find((each) => each.attempt === attempt)?.turns.some((each) => each.turn === turn);
  if (made !== true) return 'no such turn';
  if (state.proposals.some((each) => each.attempt === attempt && each.turn === turn)) return 'ruled on already';
  if (ruling.kind === 'refused') return null;
  return proposal && canonical(ruleOn(state, attempt, proposal)) === canonical(ruling)
    ? null
    : 'the rules do not take this task';
}
