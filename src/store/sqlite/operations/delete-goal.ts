import type { GoalId } from '../../../domain/ids.ts';
import type { Connection } from '../connection.ts';

const TABLES = ['event', 'goal', 'leases'] as const;

/** Takes a goal out, with its whole log. */
export function deleteGoal(connection: Connection, goal: GoalId): void {
  for (const table of TABLES) connection.prepare(`DELETE FROM ${table} WHERE goal = ?`).run(goal);
}
