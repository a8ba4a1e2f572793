import type { GoalId } from '../../domain/ids.ts';
import type { StoreClock } from '../clock.ts';
import type { Holder, Lease, LeaseResult } from '../port.ts';
import type { Connection } from '../sqlite/connection.ts';
import { patiently } from '../sqlite/patiently.ts';
import { releaseLease, renewLease, selectLease, upsertLease } from '../sqlite/operations/lease-rows.ts';
import type { Processes } from './processes.ts';
import type { LeaseRow } from './row.ts';

/** How long a holder that may be dead is believed. Waiters of a busy database may stall for a second, so renew well within it. */
const UNRENEWED_MS = 30_000;

/** Takes a lease of a goal if nobody alive holds it. */
export function acquire(
  connection: Connection,
  processes: Processes,
  clock: StoreClock,
  goal: GoalId,
  key: string,
): LeaseResult {
  return connection.tx(() => {
    const now = clock.now();
    const before = selectLease(connection, goal, key);
    const holder = before && holderIn(before, processes, now);
    if (holder !== null) return { kind: 'taken', holder };
    const token = (before?.token ?? 0) + 1;
    upsertLease(connection, goal, key, { holder: processes.self(), token, since: now, renewedAt: now });
    return { kind: 'held', lease: leaseOf(connection, clock, goal, { key, token }) };
  });
}

/** Who holds a lease of a goal, as far as can be told; null when it is free. `now` in milliseconds since the epoch. */
export function holderOf(
  connection: Connection,
  processes: Processes,
  now: number,
  goal: GoalId,
  key: string,
): Holder | null {
  const row = selectLease(connection, goal, key);
  return row && holderIn(row, processes, now);
}

function holderIn({ holder, since, renewedAt }: LeaseRow, processes: Processes, now: number): Holder | null {
  if (holder === null || isFree({ holder, renewedAt }, processes, now)) return null;
  return { name: `process ${holder.pid}`, since: new Date(since).toISOString() };
}

export function isFree(
  { holder, renewedAt }: Pick<LeaseRow, 'holder' | 'renewedAt'>,
  processes: Processes,
  now: number,
): boolean {
  const state = holder === null ? 'dead' : processes.liveness(holder);
  return state === 'dead' || (state === 'unknown' && now - renewedAt > UNRENEWED_MS);
}

function leaseOf(
  connection: Connection,
  clock: StoreClock,
  goal: GoalId,
  { key, token }: { readonly key: string; readonly token: number },
): Lease {
  return {
    key,
    token,
    renew: () => patiently(() => connection.tx(() => renewLease(connection, goal, key, token, clock.now()) === 1)),
    release: () => patiently(() => connection.tx(() => releaseLease(connection, goal, key, token))),
  };
}
