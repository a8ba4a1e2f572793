import { foreign, newer } from '../failures.ts';
import type { Connection } from './connection.ts';
import { APPLICATION_ID, ownerOf, setting } from './owner.ts';

/** Step n brings a database from version n to n + 1. Steps are only ever added. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE goal (
     goal TEXT NOT NULL PRIMARY KEY, repository TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL,
     created_at TEXT NOT NULL, updated_at TEXT NOT NULL, version INTEGER NOT NULL, tip TEXT NOT NULL
   ) STRICT;
   CREATE INDEX goal_by_repository ON goal (repository, created_at);
   CREATE TABLE event (
     goal TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (goal, seq)
   ) STRICT;
   CREATE TABLE lease (
     goal TEXT NOT NULL PRIMARY KEY, pid INTEGER NOT NULL, scope TEXT NOT NULL, started TEXT, token TEXT NOT NULL,
     since INTEGER NOT NULL, renewed_at INTEGER NOT NULL
   ) STRICT;`,
  // Paths of this machine, which are in no line (docs/adr/0063).
  'ALTER TABLE event ADD COLUMN places TEXT',
  // Leases by goal and key, with tokens that grow (docs/adr/0064).
  `CREATE TABLE leases (
     goal TEXT NOT NULL, key TEXT NOT NULL, token INTEGER NOT NULL, holder TEXT, since INTEGER NOT NULL,
     renewed_at INTEGER NOT NULL, PRIMARY KEY (goal, key)
   ) STRICT;
   INSERT INTO leases SELECT goal, '', 1, json_object('pid', pid, 'scope', scope, 'started', started), since, renewed_at FROM lease;
   DROP TABLE lease;`,
];

const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings the database to this omk's schema. `STORE_NEWER` when it is ahead of it and `STORE_FOREIGN` when it is not omk's,
 * with nothing changed.
 */
export function migrate(connection: Connection): void {
  const found = connection.atOnce(() => versionOf(connection));
  // WAL also makes readers and the one writer independent. It is a property of the file, so this is a no-op after the first time.
  if (found <= SCHEMA_VERSION) connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  if (found === SCHEMA_VERSION) return;
  connection.tx(() => {
    // Asked again, because another process may have migrated while this one waited for the lock.
    const start = versionOf(connection);
    if (start > SCHEMA_VERSION) throw newer('The state directory');
    for (const step of MIGRATIONS.slice(start)) connection.exec(step);
    connection.exec(`PRAGMA user_version = ${SCHEMA_VERSION}; PRAGMA application_id = ${APPLICATION_ID}`);
  });
}

/** Whether it can be read as it is. */
export const isCurrent = (connection: Connection): boolean =>
  connection.run(() => versionOf(connection)) === SCHEMA_VERSION;

function versionOf(connection: Connection): number {
  const owner = ownerOf(connection);
  if (owner === 'nobody') return 0;
  if (owner !== 'omk') throw foreign(connection.path);
  return setting(connection, 'user_version');
}
