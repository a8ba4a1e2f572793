import { TERMINAL_STATUSES } from '../../../domain/status.ts';
import type { Status } from '../../../domain/status.ts';
import { newer } from '../../failures.ts';
import type { GoalSummary } from '../../port.ts';
import type { Connection } from '../connection.ts';
import { text } from '../row.ts';
import type { Row } from '../row.ts';

const COLUMNS = 'SELECT goal, repository, title, status, created_at, updated_at FROM goal';
// rowid is the order of creation, for goals made in the same millisecond.
const ORDER = 'ORDER BY created_at DESC, rowid DESC';
const ALL = `${COLUMNS} ${ORDER}`;
const OF_REPOSITORY = `${COLUMNS} WHERE repository = ? ${ORDER}`;

/** Newest first; of one repository, or of all when null. */
export function selectGoals(connection: Connection, repository: string | null): readonly GoalSummary[] {
  const rows = repository === null ? connection.prepare(ALL).all() : connection.prepare(OF_REPOSITORY).all(repository);
  return rows.map(summaryOf);
}

function summaryOf(row: Row): GoalSummary {
  const goal = text(row, 'goal');
  const status = text(row, 'status');
  if (!isStatus(status)) throw newer(`Goal ${goal} has the unknown status "${status}": it`);
  const [repository, title] = [text(row, 'repository'), text(row, 'title')];
  return { goal, repository, title, status, createdAt: text(row, 'created_at'), updatedAt: text(row, 'updated_at') };
}

const KNOWN: readonly string[] = ['running', 'paused', ...TERMINAL_STATUSES];
const isStatus = (name: string): name is Status => KNOWN.includes(name);
