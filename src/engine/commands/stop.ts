import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { Vault } from '../../world/git/port.ts';
import { checkpointNow } from '../budget/checkpoint.ts';
import { elapsedOf } from '../budget/elapsed.ts';
import { created } from '../context.ts';
import { publish } from '../publish/publish.ts';
import { Session } from '../session.ts';
import { tidy } from '../tidy.ts';
import type { World } from '../world.ts';

/** `omk goal pause` and `cancel`: recorded at once; a process that works on the goal notices and stops. */
export async function stopGoal(world: World, goal: GoalId, how: 'pause' | 'cancel', why: string): Promise<GoalState> {
  const session = await Session.open(world, goal);
  const secs = elapsedOf(world, session);
  await session.append(
    how === 'pause'
      ? { type: 'goal.paused', data: { why } }
      : { type: 'goal.cancelled', data: { why, omk: world.version } },
    ...(how === 'pause'
      ? checkpointNow(world, session, secs, 'goal_paused', 'paused')
      : checkpointNow(world, session, secs, 'goal_cancelled', 'cancelled')),
  );
  const vault = await world.git.openVault(created(session.state).repository);
  await publish({ world, session, vault });
  if (how === 'cancel') await tidyUnlessBusy(world, session, vault);
  return session.state;
}

/** A process that works on the goal tidies up after itself. */
async function tidyUnlessBusy(world: World, session: Session, vault: Vault): Promise<void> {
  const taken = await world.store.lease(session.goal);
  if (taken.kind === 'taken') return;
  try {
    await tidy({ world, session, vault });
  } finally {
    await taken.lease.release();
  }
}
