import { randomBytes } from 'node:crypto';
import type { GoalId, Timestamp } from '../../domain/ids.ts';
import type { StoreClock } from '../clock.ts';
import type { Lease, LeaseResult } from '../port.ts';
import type { Connection } from '../sqlite/connection.ts';
import { patiently } from '../sqlite/patiently.ts';
import { deleteLease } from '../sqlite/operations/delete-lease.ts';
import { renewLease } from '../sqlite/operations/renew-lease.ts';
import { selectLease } from '../sqlite/operations/select-lease.ts';
import { upsertLease } from '../sqlite/operations/upsert-lease.ts';
import type { Processes } from './processes.ts';
import type { LeaseRow } from './row.ts';

/** How long a holder that may be dead is believed. Waiters of a busy database may stall for a second, so renew well within it. */
const UNRENEWED_MS = 30_000;

/** Takes a goal's lease if nobody alive holds it. */
export function acquire(connection: Connection, processes: Processes, clock: StoreClock, goal: GoalId): LeaseResult {
  const token = randomBytes(16).toString('hex');
  return connection.tx(() => {
    const now = clock.now();
    const holder = holderOf(connection, processes, now, goal);
    if (holder !== null) return { kind: 'taken', ...holder };
    upsertLease(connection, goal, { holder: processes.self(), token, since: now, renewedAt: now });
    return { kind: 'held', lease: leaseOf(connection, clock, goal, token) };
  });
}

/** Who holds a goal's lease, as far as can be told; null when it is free. `now` in milliseconds since the epoch. */
export function holderOf(
  connection: Connection,
  processes: Processes,
  now: number,
  goal: GoalId,
): { readonly pid: number; readonly since: Timestamp } | null {
  const row = selectLease(connection, goal);
  return row === null || isFree(row, processes, now)
    ? null
    : { pid: row.holder.pid, since: new Date(row.since).toISOString() };
}

export function isFree(row: LeaseRow, processes: Processes, now: number): boolean {
  const state = processes.liveness(row.holder);
  return state === 'dead' || (state === 'unknown' && now - row.renewedAt > UNRENEWED_MS);
}

function leaseOf(connection: Connection, clock: StoreClock, goal: GoalId, token: string): Lease {
  return {
    renew: () => patiently(() => connection.tx(() => renewLease(connection, goal, token, clock.now()) === 1)),
    release: () => patiently(() => connection.tx(() => deleteLease(connection, goal, token))),
  };
}
