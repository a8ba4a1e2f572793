import type { GoalId } from '../../../domain/ids.ts';
import type { Connection } from '../connection.ts';

const SQL = 'DELETE FROM lease WHERE goal = ? AND token = ?';

/** Gives a lease back; does nothing when the token is no longer the holder's. */
export function deleteLease(connection: Connection, goal: GoalId, token: string): void {
  connection.prepare(SQL).run(goal, token);
}
