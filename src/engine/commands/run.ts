import { OmkError } from '../../domain/error.ts';
import { isFinal } from '../../domain/goal/status.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { checkpointNow } from '../budget/checkpoint.ts';
import { stopwatch } from '../budget/elapsed.ts';
import { trackCost } from '../budget/track-cost.ts';
import { created, type Context } from '../context.ts';
import { whileLeased } from '../lease.ts';
import { work } from '../loop.ts';
import { publish } from '../publish/publish.ts';
import { recover } from '../recover.ts';
import { Session } from '../session.ts';
import { tidy } from '../tidy.ts';
import type { Notify, World } from '../world.ts';
import { followOthers } from '../follow-others.ts';

export interface RunRequest {
  readonly goal: GoalId;
  readonly signal: AbortSignal;
  readonly notify: Notify;
}

/** Works on a goal until it ends or is stopped. A goal that stopped before is continued; `ready` and `cancelled` are final. */
export async function runGoal(world: World, { goal, signal, notify }: RunRequest): Promise<GoalState> {
  return whileLeased(world, goal, signal, async (held) => {
    const session = await Session.open(world, goal, notify);
    const { repository } = created(session.state);
    if (isFinal(session.state.status))
      throw new OmkError(
        'GOAL_TERMINAL',
        `Goal '${goal}' is ${session.state.status}, which is final`,
        `omk goal show ${goal}, or a new omk run`,
      );
    const vault = await world.git.openVault(repository);
    const elapsed = stopwatch(world, session);
    const context: Context = {
      world,
      session,
      vault,
      notify,
      elapsed,
      signal: AbortSignal.any([held, followOthers(world.store, session, held)]),
    };
    await recover(context);
    if (session.state.status !== 'running')
      await session.append(
        { type: 'goal.resumed', data: { why: `continued from ${session.state.status}` } },
        ...checkpointNow(world, session, elapsed(), 'goal_resumed', 'running'),
      );
    await recover(context);
    try {
      return await work(context);
    } finally {
      await Promise.all([world.gates.clear(), tidy(context), publish(context), trackCost(context)]);
    }
  });
}
