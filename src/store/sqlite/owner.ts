import { existing } from '../directory/prepare.ts';
import { named, sqliteCode, SQLITE_NOTADB } from '../failures.ts';
import { Connection } from './connection.ts';
import { integer, text } from './row.ts';

/** Written into the header of every database of omk: `omkG`. */
export const APPLICATION_ID = 0x6f6d6b47;

/**
 * Whose database a file is. `unmarked`: of this omk, from before it wrote its id; `shared`: the same, and another
 * program has tables in it too. `nobody`: an empty one.
 */
export type Owner = 'omk' | 'unmarked' | 'shared' | 'nobody' | 'other';

/** By the id in the header; without one by the tables. */
export function ownerOf(connection: Connection): Owner {
  const id = setting(connection, 'application_id');
  if (id === APPLICATION_ID) return 'omk';
  const tables = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'")
    .all()
    .map((row) => text(row, 'name'));
  if (id !== 0) return 'other';
  if (tables.length === 0) return setting(connection, 'user_version') === 0 ? 'nobody' : 'other';
  if (!UNMARKED.every(({ table, columns }) => hasColumns(connection, table, columns))) return 'other';
  return tables.length === UNMARKED.length ? 'unmarked' : 'shared';
}

/** The first schema. Databases without an id never had another. */
export const UNMARKED = [
  {
    table: 'goal',
    columns: ['goal', 'repository', 'title', 'status', 'created_at', 'updated_at', 'version', 'tip'],
  },
  { table: 'event', columns: ['goal', 'seq', 'line', 'hash'] },
  { table: 'lease', columns: ['goal', 'pid', 'scope', 'started', 'token', 'since', 'renewed_at'] },
] as const;

function hasColumns(connection: Connection, table: string, columns: readonly string[]): boolean {
  const found = connection
    .prepare(`PRAGMA table_info(${table})`)
    .all()
    .map((row) => text(row, 'name'));
  return found.length === columns.length && columns.every((column) => found.includes(column));
}

export function setting(connection: Connection, name: 'application_id' | 'user_version'): number {
  const row = connection.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? 0 : integer(row, name);
}

/** Whether a file is a database of this omk from before it marked its own. Only looked at. */
export function isUnmarked(path: string): boolean {
  const owner = ownerOfFile(path);
  return owner === 'unmarked' || owner === 'shared';
}

export function ownerOfFile(path: string): ReturnType<typeof ownerOf> {
  if (existing(path)?.isFile() !== true) return 'other';
  const connection = new Connection(path, quietly(path));
  try {
    return connection.atOnce(() => ownerOf(connection));
  } catch (error) {
    if (sqliteCode(error) === SQLITE_NOTADB) return 'other';
    // What cannot be told is not passed over: its goals would seem to be gone.
    throw named(error, path);
  } finally {
    connection.close();
  }
}

/** How to open a database file without a trace: reading one with a log in WAL mode would make side files. */
const quietly = (path: string): 'peek' | 'read' => ((existing(`${path}-wal`)?.size ?? 0) > 0 ? 'read' : 'peek');
