import { join, resolve } from 'node:path';
import type { StoreClock } from './clock.ts';
import {
  existing,
  mayOnlyRead,
  prepareDatabase,
  prepareDirectory,
  refuseNoDirectory,
  refuseUnmakeable,
} from './directory/prepare.ts';
import { named, unwritable } from './failures.ts';
import type { Processes } from './lease/processes.ts';
import type { Store } from './port.ts';
import { Connection } from './sqlite/connection.ts';
import { isUnmarked } from './sqlite/owner.ts';
import { patiently } from './sqlite/patiently.ts';
import { isCurrent, migrate } from './sqlite/schema.ts';
import { SqliteStore } from './sqlite/store.ts';
import { Watcher } from './sqlite/watcher.ts';

export interface StoreOptions {
  /** Made, private to the user, when it is not there. */
  readonly stateDir: string;
  readonly clock: StoreClock;
  /** Who is asked whether the holder of a lease lives; this machine when left out. */
  readonly processes?: Processes;
}

const DATABASE = 'goals.db';
/** Where omk kept its goals once. omk 0.5.0, another program, has its own under this name. */
const FORMER = 'omk.db';

/**
 * Opens the store, and makes it when there is none. Throws `STORE_UNWRITABLE`, `STORE_UNSAFE`, `STORE_NEWER`,
 * `STORE_FOREIGN`, `STORE_CORRUPT`, `STORE_BUSY`.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const directory = resolve(options.stateDir);
  const path = join(directory, DATABASE);
  const former = join(directory, FORMER);
  prepareDirectory(directory, () => existing(path) !== null || isUnmarked(former));
  if (existing(path) === null && isUnmarked(former)) {
    const [{ takeOver }, { machineProcesses }] = await Promise.all([
      import('./take-over.ts'),
      import('./lease/processes.ts'),
    ]);
    await patiently(() => takeOver(former, path, options.processes ?? machineProcesses, options.clock.now()));
  }
  prepareDatabase(path);
  const connection = new Connection(path, 'write');
  try {
    await patiently(() => migrate(connection));
  } catch (error) {
    connection.close();
    throw named(error, path);
  }
  return new SqliteStore({
    connection,
    watcher: new Watcher(path),
    blobs: join(directory, 'blobs'),
    clock: options.clock,
    processes: options.processes ?? null,
  });
}

/** Opens the store for commands that only read: null, and nothing made, when there is none. Throws as `openStore` does. */
export async function openStoreIfExists(options: StoreOptions): Promise<Store | null> {
  const directory = resolve(options.stateDir);
  try {
    refuseNoDirectory(directory);
    if (existing(join(directory, DATABASE)) === null && !isUnmarked(join(directory, FORMER))) {
      refuseUnmakeable(directory);
      return null;
    }
  } catch (error) {
    throw named(error, directory);
  }
  return mayOnlyRead(directory) ? openToRead(options) : openStore(options);
}

/**
 * Opens a store that nothing can be written to, such as one on a read-only file system. `STORE_UNWRITABLE` where it has to be
 * written before it can be read: it is one of before, or its last lines are not in the database yet.
 */
export function openToRead(options: StoreOptions): Store {
  const directory = resolve(options.stateDir);
  const path = join(directory, DATABASE);
  if ((existing(`${path}-wal`)?.size ?? 0) > 0)
    throw unwritable(directory, 'it can only be read, and what was written last is not in its database yet');
  const connection = new Connection(path, 'peek');
  if (!isCurrent(connection)) {
    connection.close();
    throw unwritable(directory, 'it can only be read, and its database is of another version');
  }
  const processes = options.processes ?? null;
  const blobs = join(directory, 'blobs');
  return new SqliteStore({ connection, watcher: new Watcher(path), blobs, clock: options.clock, processes });
}
