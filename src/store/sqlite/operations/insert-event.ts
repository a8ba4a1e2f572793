import type { GoalId } from '../../../domain/ids.ts';
import type { StoredLine } from '../../log/check-chain.ts';
import type { Connection } from '../connection.ts';

const SQL = 'INSERT INTO event (goal, seq, line, hash, places) VALUES (?, ?, ?, ?, ?)';

export function insertEvent(connection: Connection, goal: GoalId, row: StoredLine): void {
  connection.prepare(SQL).run(goal, row.seq, row.line, row.hash, row.places);
}
