import { OmkError } from '../domain/error.ts';
import type { GoalId } from '../domain/ids.ts';
import type { LeaseToken, Store } from '../store/port.ts';
import type { World } from './world.ts';

const RENEW_MS = 5_000;

/**
 * Works on a goal as its only process. The inner signal aborts when the user stops or the lease is lost; what the inner world appends
 * is refused once the lease is lost, whether this process knows it yet or not. `OmkError` `GOAL_BUSY`.
 */
export async function whileLeased<W extends Pick<World, 'store' | 'clock'>, T>(
  world: W,
  goal: GoalId,
  signal: AbortSignal,
  work: (signal: AbortSignal, world: W) => Promise<T>,
): Promise<T> {
  const result = await world.store.lease(goal);
  if (result.kind === 'taken')
    throw new OmkError(
      'GOAL_BUSY',
      `Goal '${goal}' is being worked on by ${result.holder.name} since ${result.holder.since}`,
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
    const inner = { ...world, store: under(world.store, goal, result.lease) };
    return await work(AbortSignal.any([signal, lost.signal, ended.signal]), inner);
  } finally {
    stopRenewing();
    ended.abort();
    // Not given back, it is free as soon as this process is gone.
    await result.lease.release().catch(() => undefined);
  }
}

/** The store with every append to the goal under the lease. */
const under = (store: Store, goal: GoalId, { key, token }: LeaseToken): Store =>
  storeWith(store, {
    append: (of, version, events, summary, at, given) =>
      store.append(of, version, events, summary, at, given ?? (of === goal ? { key, token } : undefined)),
  });

/** The store with some of what it does done otherwise. */
export const storeWith = (store: Store, other: Partial<Store>): Store => ({
  append: (...asked) => store.append(...asked),
  foresee: (...asked) => store.foresee(...asked),
  read: (...asked) => store.read(...asked),
  subscribe: (...asked) => store.subscribe(...asked),
  putBlob: (...asked) => store.putBlob(...asked),
  putFile: (...asked) => store.putFile(...asked),
  getBlob: (sha256) => store.getBlob(sha256),
  listBlobs: () => store.listBlobs(),
  removeBlob: (sha256) => store.removeBlob(sha256),
  list: (filter) => store.list(filter),
  remove: (of) => store.remove(of),
  moveGoals: (from, to) => store.moveGoals(from, to),
  lease: (...asked) => store.lease(...asked),
  holder: (...asked) => store.holder(...asked),
  close: () => store.close(),
  ...other,
});
