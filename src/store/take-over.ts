import { randomBytes } from 'node:crypto';
import { linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existing, prepareDatabase, syncDirectory } from './directory/prepare.ts';
import { inUse, named } from './failures.ts';
import { isFree } from './lease/acquire.ts';
import type { ProcessId, Processes } from './lease/processes.ts';
import { Connection } from './sqlite/connection.ts';
import { ownerOfFile, UNMARKED } from './sqlite/owner.ts';
import { integer, text, textOrNull, type Row } from './sqlite/row.ts';
import { migrate } from './sqlite/schema.ts';

/**
 * Copies what an unmarked database holds into a new one of this omk, which appears whole or not at all. The old file is
 * only read; when nothing but omk's was in it, it is put aside under another name. `STORE_IN_USE` while somebody works with it.
 */
export function takeOver(former: string, path: string, processes: Processes, now: number): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    prepareDatabase(draft);
    copyInto(draft, former, (row) => !isFree(row, processes, now));
    linkSync(draft, path);
    syncDirectory(dirname(path));
    if (ownerOfFile(former) === 'unmarked') putAside(former);
  } catch (error) {
    // Another process was faster.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw named(error, former);
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
  }
}

function copyInto(draft: string, former: string, isHeld: (row: FormerLease) => boolean): void {
  const connection = new Connection(draft, 'write');
  try {
    connection.run(() => migrate(connection));
    connection.run(() =>
      connection.prepare('ATTACH DATABASE ? AS former').run(`${pathToFileURL(former).href}?mode=ro`),
    );
    connection.tx(() => {
      for (const row of connection.prepare('SELECT * FROM former.lease').all()) {
        const lease = formerLease(row);
        if (isHeld(lease)) throw inUse(former, text(row, 'goal'), lease.holder.pid);
      }
      for (const { table, columns } of UNMARKED.filter((each) => each.table !== 'lease')) {
        const names = columns.join(', ');
        // In the order of their making, which lists rely on.
        connection.exec(`INSERT INTO main.${table} (${names}) SELECT ${names} FROM former.${table} ORDER BY rowid`);
      }
    });
  } finally {
    connection.close();
  }
}

interface FormerLease {
  readonly holder: ProcessId;
  readonly renewedAt: number;
}

const formerLease = (row: Row): FormerLease => ({
  holder: { pid: integer(row, 'pid'), scope: text(row, 'scope'), started: textOrNull(row, 'started') },
  renewedAt: integer(row, 'renewed_at'),
});

function putAside(former: string): void {
  for (const end of ['-wal', '-shm', ''])
    if (existing(`${former}${end}`) !== null) renameSync(`${former}${end}`, `${former}.old${end}`);
}
