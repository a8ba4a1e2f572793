import type { GoalId } from '../../../domain/ids.ts';
import type { Connection } from '../connection.ts';
import { integer } from '../row.ts';

const SQL = 'SELECT version FROM goal WHERE goal = ?';

/** How many events a goal has; 0 for one that is not there. */
export function selectVersion(connection: Connection, goal: GoalId): number {
  const row = connection.prepare(SQL).get(goal);
  return row === undefined ? 0 : integer(row, 'version');
}
