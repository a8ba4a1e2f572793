import { OmkError } from '../../domain/error.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { isFinal } from '../../domain/status.ts';
import type { GoalId } from '../../domain/ids.ts';
import { CURRENT_RULES } from '../../proof/rules/current.ts';
import { checkpointNow } from '../budget/checkpoint.ts';
import { elapsedOf } from '../budget/elapsed.ts';
import { created } from '../context.ts';
import { keepWork } from '../keep-work.ts';
import { publish } from '../publish/publish.ts';
import { recover } from '../recover.ts';
import { Session } from '../session.ts';
import { tidy } from '../tidy.ts';
import type { World } from '../world.ts';

/** `omk goal pause` and `cancel`: recorded at once; a process that works on the goal notices and stops. */
export async function stopGoal(world: World, goal: GoalId, how: 'pause' | 'cancel', why: string): Promise<GoalState> {
  const session = await Session.open(world, goal);
  const { status } = session.state;
  if (isFinal(status))
    throw new OmkError('GOAL_TERMINAL', `Goal '${goal}' is ${status} already, which is final`, `omk goal show ${goal}`);
  const secs = elapsedOf(world, session);
  await session.append(
    how === 'pause'
      ? { type: 'goal.paused', data: { why } }
      : { type: 'goal.cancelled', data: { why, omk: world.version, rules: CURRENT_RULES } },
    ...(how === 'pause'
      ? checkpointNow(world, session, secs, 'goal_paused', 'paused')
      : checkpointNow(world, session, secs, 'goal_cancelled', 'cancelled')),
  );
  const vault = await world.git.openVault(created(session.state).repository);
  const context = { world, session, vault };
  try {
    await unlessBusy(context, () => recover(context).then(() => keepWork(context)));
  } finally {
    await publish(context);
  }
  if (how === 'cancel') await unlessBusy(context, () => tidy(context));
  return session.state;
}

/** A process that works on the goal ends what it started, keeps the work and tidies up after itself; one that was killed does not. */
async function unlessBusy(
  { world, session }: { readonly world: World; readonly session: Session },
  act: () => Promise<void>,
): Promise<void> {
  const taken = await world.store.lease(session.goal);
  if (taken.kind === 'taken') return;
  try {
    await act();
  } finally {
    await taken.lease.release();
  }
}
