import type { LogEnd } from '../../log/check-chain.ts';
import type { GoalSummary } from '../../port.ts';
import type { Connection } from '../connection.ts';

const SQL = `INSERT INTO goal (goal, repository, title, status, created_at, updated_at, version, tip) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (goal) DO UPDATE SET title = excluded.title, status = excluded.status,
    created_at = excluded.created_at, updated_at = excluded.updated_at, version = excluded.version, tip = excluded.tip`;

/**
 * Writes what lists show, but for the repository, which a person may have moved since; belongs in the
 * transaction of the append it describes.
 */
export function upsertGoal(connection: Connection, summary: GoalSummary, end: LogEnd): void {
  const { goal, repository, title, status, createdAt, updatedAt } = summary;
  connection.prepare(SQL).run(goal, repository, title, status, createdAt, updatedAt, end.version, end.tip);
}
