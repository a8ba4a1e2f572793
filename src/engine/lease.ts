import { OmkError } from '../domain/error.ts';
import type { GoalId } from '../domain/ids.ts';
import type { World } from './world.ts';

const RENEW_MS = 5_000;

/** Works on a goal as its only process. The inner signal aborts when the user stops or the lease is lost. `OmkError` `GOAL_BUSY`. */
export async function whileLeased<T>(
  world: Pick<World, 'store' | 'clock'>,
  goal: GoalId,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const result = await world.store.lease(goal);
  if (result.kind === 'taken')
    throw new OmkError(
      'GOAL_BUSY',
      `Goal '${goal}' is being worked on by process ${result.pid} since ${result.since}`,
      `omk goal status ${goal}`,
    );
  const lost = new AbortController();
  const ended = new AbortController();
  const stopRenewing = world.clock.every(RENEW_MS, () => {
    result.lease.renew().then(
      (held) => {
        if (!held) lost.abort();
      },
      // A busy database: the lease is renewed at the next tick, or was lost by then.
      () => undefined,
    );
  });
  try {
    return await work(AbortSignal.any([signal, lost.signal, ended.signal]));
  } finally {
    stopRenewing();
    ended.abort();
    // Not given back, it is free as soon as this process is gone.
    await result.lease.release().catch(() => undefined);
  }
}
