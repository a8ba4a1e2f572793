import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existing } from '../directory/prepare.ts';
import { Connection } from '../sqlite/connection.ts';
import { fieldsOf, number, text, type AncestorGoal, type Fields } from './goal.ts';

/** Goals as the database of 0.5.0 lists them, without their events. A copy is read, so that nothing is written beside the original. */
export async function readDatabase(path: string): Promise<readonly AncestorGoal[]> {
  if (existing(path)?.isFile() !== true) return [];
  const dir = await mkdtemp(join(tmpdir(), 'omk-import-'));
  try {
    const copy = join(dir, 'omk.db');
    for (const end of ['', '-wal']) if (existing(`${path}${end}`)) await copyFile(`${path}${end}`, `${copy}${end}`);
    const connection = new Connection(copy, 'write');
    try {
      return rowsOf(connection).map(goalOf);
    } finally {
      connection.close();
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** None where the file is no database, or of another program. */
function rowsOf(connection: Connection): readonly Fields[] {
  try {
    return connection.prepare('SELECT * FROM goals').all().map(fieldsOf);
  } catch {
    return [];
  }
}

const goalOf = (row: Fields): AncestorGoal => ({
  goal: text(row['goal_id']) ?? '',
  text: text(row['original_goal']) ?? text(row['goal_text']) ?? '',
  status: text(row['status']) ?? 'unknown',
  phase: text(row['phase']),
  createdAt: time(row['created_at']),
  updatedAt: time(row['updated_at']),
  budget: { time: text(row['budget_time']), tokens: number(row['budget_tokens']), usd: dollars(row['budget_usd']) },
  spent: null,
  events: [],
  unreadable: 0,
});

const time = (seconds: unknown): string | null =>
  number(seconds) === null ? null : new Date(Number(seconds) * 1000).toISOString();

/** The database has whole cents. */
const dollars = (cents: unknown): number | null => (number(cents) === null ? null : Number(cents) / 100);
