import { OmkError } from '../../domain/error.ts';
import { exhaustedEvents, guard, unknownCostEnd } from '../../domain/decide/budget.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import { withCheckpoint } from './checkpoint.ts';
import type { Context } from '../context.ts';

/** Before anything is spent. Ends the goal in `needs_more_budget` when a budget is; `OmkError` `BUDGET_INVALID`. */
export async function ensureBudget(context: Context, intents: readonly Intent[]): Promise<'available' | 'spent'> {
  const { world, session, elapsed } = context;
  const secs = elapsed();
  const result = guard(session.state, intents, secs);
  if (result.kind === 'free') return 'available';
  if (result.kind === 'unknown_cost') {
    const ended = unknownCostEnd(session.state, result.text);
    if (ended.kind === 'record') await session.append(...withCheckpoint(context, ended.event));
    return 'spent';
  }
  if (result.kind === 'invalid')
    throw new OmkError(
      'BUDGET_INVALID',
      result.text,
      `a new omk run; the log of goal '${session.goal}' holds a budget that cannot be read`,
      { exit: 6 },
    );
  await session.append(...exhaustedEvents(session.state, result, secs, new Date(world.clock.now()).toISOString()));
  return 'spent';
}
