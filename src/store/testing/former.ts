import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Makes the database of omk 0.5.0 as far as its list of goals goes. */
export function makeAncestor(path: string, sql = ''): void {
  change(
    path,
    `PRAGMA journal_mode = WAL;
     CREATE TABLE IF NOT EXISTS goals (
       goal_id TEXT PRIMARY KEY, status TEXT NOT NULL, phase TEXT NOT NULL, original_goal TEXT NOT NULL,
       budget_time TEXT, budget_tokens INTEGER, budget_usd INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
     );
     CREATE TABLE IF NOT EXISTS goal_slice_leases (lease_id TEXT PRIMARY KEY, goal_id TEXT NOT NULL);
     PRAGMA user_version = 2;
     ${sql}`,
  );
}

/** Makes a database of today what it was before omk marked its own: the first schema, without an id. */
export const TO_UNMARKED = `ALTER TABLE event DROP COLUMN places;
   CREATE TABLE lease AS SELECT goal, json_extract(holder, '$.pid') AS pid, json_extract(holder, '$.scope') AS scope,
     json_extract(holder, '$.started') AS started, 'token' AS token, since, renewed_at FROM leases WHERE holder IS NOT NULL;
   DROP TABLE leases; PRAGMA user_version = 1; PRAGMA application_id = 0; PRAGMA wal_checkpoint(TRUNCATE)`;

export function change(path: string, sql: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}
