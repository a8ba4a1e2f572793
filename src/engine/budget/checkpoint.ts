import { limitsOf } from '../../domain/budget/figures.ts';
import type { CheckpointLabel } from '../../domain/budget/moment.ts';
import { checkpoint, endLabel, momentNow } from '../../domain/decide/budget.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { Status } from '../../domain/status.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';
import type { Context } from '../context.ts';

/** Where the budgets stand, as an event; none where the stored budget cannot be read, which the guard says. */
export function checkpointNow(
  { clock }: Pick<World, 'clock'>,
  { state }: Pick<Session, 'state'>,
  secs: bigint,
  label: CheckpointLabel,
  status: Status = state.status,
): readonly GoalEvent[] {
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return [];
  return [checkpoint({ ...momentNow(state, result.limits, secs, new Date(clock.now()).toISOString()), status }, label)];
}

/** An event as it is appended: the end of a goal with a last checkpoint that has its final status. */
export const withCheckpoint = ({ world, session, elapsed }: Context, event: GoalEvent): readonly GoalEvent[] =>
  event.type === 'goal.ended'
    ? [
        ...checkpointNow(world, session, elapsed(), endLabel(session.state, event.data.status), event.data.status),
        event,
      ]
    : [event];
