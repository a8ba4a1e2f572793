import type { GoalId } from '../../../domain/ids.ts';
import type { LeaseRow } from '../../lease/row.ts';
import type { Connection } from '../connection.ts';
import { integer, text, textOrNull, type Row } from '../row.ts';

const SQL = 'SELECT pid, scope, started, token, since, renewed_at FROM lease WHERE goal = ?';

export function selectLease(connection: Connection, goal: GoalId): LeaseRow | null {
  const row = connection.prepare(SQL).get(goal);
  return row === undefined ? null : leaseOf(row);
}

export function leaseOf(row: Row): LeaseRow {
  const holder = { pid: integer(row, 'pid'), scope: text(row, 'scope'), started: textOrNull(row, 'started') };
  return { holder, token: text(row, 'token'), since: integer(row, 'since'), renewedAt: integer(row, 'renewed_at') };
}
