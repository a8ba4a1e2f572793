import { setTimeout as wait } from 'node:timers/promises';
import { isBusy } from '../failures.ts';

/** How long another process may keep the database locked. Milliseconds. */
const PATIENCE_MS = 30_000;
const WAIT_MS = 20;

/**
 * Does synchronous work on the database; where another process has it locked, again in a while, and everything
 * else of this process goes on.
 */
export async function patiently<T>(work: () => T, patienceMs = PATIENCE_MS): Promise<T> {
  const start = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - start > patienceMs) throw error;
    }
    await wait(WAIT_MS);
  }
}
