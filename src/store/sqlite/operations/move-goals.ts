import type { Connection } from '../connection.ts';

const SQL = 'UPDATE goal SET repository = ? WHERE repository = ?';

/** Lists show the goals of one repository as those of another; returns how many there are. */
export function moveGoals(connection: Connection, from: string, to: string): number {
  return Number(connection.prepare(SQL).run(to, from).changes);
}
