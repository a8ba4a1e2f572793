import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { unsafe, unwritable, named } from '../failures.ts';

const OTHERS = 0o077;

/**
 * Makes the state directory private to the user (0700; trust rule T17). `isOwn` says whether a directory that holds
 * files is one of omk. Fails closed: `STORE_UNWRITABLE`, `STORE_UNSAFE`.
 */
export function prepareDirectory(directory: string, isOwn: () => boolean): void {
  try {
    makeFolders(directory);
    makePrivate(directory, isOwn);
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw named(error, directory);
  }
}

/** Whether a directory of omk is there, and nothing can be made in it. */
export function mayOnlyRead(directory: string): boolean {
  try {
    if (existing(directory) !== null) accessSync(directory, constants.W_OK);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && (error.code === 'EROFS' || error.code === 'EACCES');
  }
}

/** One folder after the other: `recursive` never ends where a name cannot be made and its parent is there, as below /proc. */
export function makeFolders(folder: string): void {
  if (existing(folder) !== null) return;
  if (dirname(folder) !== folder) makeFolders(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

/** Says that a path cannot be a directory, because it or what it lies in is something else. Nothing is made. Throws `STORE_UNWRITABLE`. */
export function refuseNoDirectory(directory: string): void {
  const stats = existing(directory);
  if (stats === null && dirname(directory) !== directory) return refuseNoDirectory(dirname(directory));
  if (stats !== null && !stats.isDirectory()) throw unwritable(directory, 'it is not a directory');
}

/** Says that a directory could not be made here: tries its first folder, and takes it away again. Throws as the system does. */
export function refuseUnmakeable(directory: string): void {
  const above = dirname(directory);
  if (existing(directory) !== null) return accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  if (existing(above) === null) return refuseUnmakeable(above);
  try {
    mkdirSync(directory, { mode: 0o700 });
    rmdirSync(directory);
  } catch (error) {
    // Another omk was faster, and keeps it.
    if (!(error instanceof Error && 'code' in error && (error.code === 'EEXIST' || error.code === 'ENOTEMPTY')))
      throw error;
  }
}

function makePrivate(directory: string, isOwn: () => boolean): void {
  const stats = statSync(directory);
  if (!stats.isDirectory()) throw unwritable(directory, 'it is not a directory');
  // Windows has no such bits; the user's profile is private by its access list.
  if (process.platform === 'win32') return;
  const me = process.getuid?.();
  if (me !== undefined && me !== 0 && stats.uid !== me)
    throw unsafe(directory, 'it belongs to another user', 'set OMK_STATE_DIR to a directory of your own');
  if ((stats.mode & OTHERS) === 0) return;
  // A directory that holds other things is somebody's choice; closing it could break what they do with it.
  const names = readdirSync(directory);
  if (names.length > 0 && !isOwn())
    throw unsafe(directory, 'others can enter it, and it holds other files', `chmod 700 ${directory}`);
  chmodSync(directory, 0o700);
}

/** The file is made before SQLite opens it (0600), because SQLite would use the umask; its side files copy this mode. */
export function prepareDatabase(database: string): void {
  try {
    const stats = existing(database);
    if (stats) {
      if (process.platform !== 'win32' && (stats.mode & OTHERS) !== 0) chmodSync(database, 0o600);
      return;
    }
    closeSync(openSync(database, 'a', 0o600));
    syncDirectory(dirname(database));
  } catch (error) {
    throw named(error, database);
  }
}

/** Makes the names in a directory durable, where the platform lets a directory be opened. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Null when there is nothing of that name; throws when that cannot be told. */
export const existing = (path: string): Stats | null => statSync(path, { throwIfNoEntry: false }) ?? null;
