import type { GoalId } from '../../../domain/ids.ts';
import type { LeaseRow } from '../../lease/row.ts';
import type { Connection } from '../connection.ts';

const SQL = `INSERT INTO lease (goal, pid, scope, started, token, since, renewed_at) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (goal) DO UPDATE SET pid = excluded.pid, scope = excluded.scope, started = excluded.started,
    token = excluded.token, since = excluded.since, renewed_at = excluded.renewed_at`;

/** Takes a lease over. Its caller has found it free in the same transaction. */
export function upsertLease(connection: Connection, goal: GoalId, row: LeaseRow): void {
  const { pid, scope, started } = row.holder;
  connection.prepare(SQL).run(goal, pid, scope, started, row.token, row.since, row.renewedAt);
}
