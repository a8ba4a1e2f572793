import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { isTerminal } from '../../domain/status.ts';
import { jsonFile } from './text.ts';

/** `failure.json`: why the goal ended and is not ready; null while it runs, and when it is. */
export function failure(state: GoalState, events: readonly LoggedEvent[]): string | null {
  const { created, status, ended } = state;
  if (!isTerminal(status) || status === 'ready') return null;
  const last = events.findLast(({ type }) => type === 'goal.ended' || type === 'goal.cancelled');
  return jsonFile({
    goal: created?.goal ?? null,
    status,
    endedAt: last?.ts ?? null,
    seq: last?.seq ?? null,
    why: last?.type === 'goal.cancelled' ? last.data.why : null,
    gaps: ended?.gaps ?? [],
    failure: ended?.failure ?? null,
  });
}
