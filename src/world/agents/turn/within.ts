import type { Timers } from '../../process/timers.ts';

/** Waits for a promise that does not reject, but not longer than `ms`; leaves no timer behind. */
export async function within(timers: Timers, ms: number, promise: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const cancel = timers.after(ms, resolve);
  await Promise.race([promise, late]);
  cancel();
}
