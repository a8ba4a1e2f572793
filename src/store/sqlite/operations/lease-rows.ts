import { isProcessId } from '../../lease/processes.ts';
import type { LeaseRow } from '../../lease/row.ts';
import type { GoalId } from '../../../domain/ids.ts';
import { corrupt } from '../../failures.ts';
import type { Connection } from '../connection.ts';
import { integer, textOrNull, type Row } from '../row.ts';

const SELECT = 'SELECT token, holder, since, renewed_at FROM leases WHERE goal = ? AND key = ?';
const UPSERT = `INSERT INTO leases (goal, key, token, holder, since, renewed_at) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (goal, key) DO UPDATE SET token = excluded.token, holder = excluded.holder, since = excluded.since,
    renewed_at = excluded.renewed_at`;
const CURRENT = 'goal = ? AND key = ? AND token = ? AND holder IS NOT NULL';

export function selectLease(connection: Connection, goal: GoalId, key: string): LeaseRow | null {
  const row = connection.prepare(SELECT).get(goal, key);
  return row === undefined ? null : leaseOf(row);
}

function leaseOf(row: Row): LeaseRow {
  const text = textOrNull(row, 'holder');
  const holder: unknown = text === null ? null : JSON.parse(text);
  if (holder !== null && !isProcessId(holder)) throw corrupt('the database', 'the holder of a lease is no process');
  return {
    holder,
    token: integer(row, 'token'),
    since: integer(row, 'since'),
    renewedAt: integer(row, 'renewed_at'),
  };
}

/** Takes a lease over. Its caller has found it free in the same transaction. */
export function upsertLease(connection: Connection, goal: GoalId, key: string, row: LeaseRow): void {
  connection.prepare(UPSERT).run(goal, key, row.token, JSON.stringify(row.holder), row.since, row.renewedAt);
}

/** Whether the token is still that of the holder. */
export const isCurrent = (connection: Connection, goal: GoalId, key: string, token: number): boolean =>
  connection.prepare(`SELECT 1 AS yes FROM leases WHERE ${CURRENT}`).get(goal, key, token) !== undefined;

/** How many rows were renewed: 0 when the token is no longer the holder's. */
export const renewLease = (connection: Connection, goal: GoalId, key: string, token: number, now: number): number =>
  Number(connection.prepare(`UPDATE leases SET renewed_at = ? WHERE ${CURRENT}`).run(now, goal, key, token).changes);

/** Gives a lease back; does nothing when the token is no longer the holder's. The row stays, so that tokens go on growing. */
export function releaseLease(connection: Connection, goal: GoalId, key: string, token: number): void {
  connection.prepare(`UPDATE leases SET holder = NULL WHERE ${CURRENT}`).run(goal, key, token);
}
