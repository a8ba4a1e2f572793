import type { GoalId } from '../../../domain/ids.ts';
import type { Connection } from '../connection.ts';

const SQL = 'UPDATE lease SET renewed_at = ? WHERE goal = ? AND token = ?';

/** How many rows were renewed: 0 when the token is no longer the holder's. */
export const renewLease = (connection: Connection, goal: GoalId, token: string, now: number): number =>
  Number(connection.prepare(SQL).run(now, goal, token).changes);
