import { OmkError } from '../domain/error.ts';
import type { GoalId, Sha256 } from '../domain/ids.ts';

const EXIT_INFRA = 6;

/** Stored bytes are not what was written. `where` names the goal and seq, or the file. */
export const corrupt = (where: string, what: string, cause?: unknown): OmkError =>
  new OmkError(
    'STORE_CORRUPT',
    `The stored state of ${where} is damaged: ${what}.`,
    'restore the state directory from a backup; do not edit it by hand',
    {
      exit: EXIT_INFRA,
      cause,
    },
  );

/** A part of an event that is kept as a blob is not there. */
export const partGone = (where: string, sha256: Sha256): OmkError =>
  new OmkError(
    'STORE_PART_GONE',
    `A part of the event of ${where} is missing: blob ${sha256}.`,
    'restore the blobs folder of the state directory from a backup',
    { exit: EXIT_INFRA },
  );

/** Somebody else was given the lease meanwhile. */
export const leaseLost = (goal: GoalId): OmkError =>
  new OmkError(
    'LEASE_LOST',
    `Another process works on goal ${goal} now, so nothing more is recorded here.`,
    `omk goal watch ${goal}`,
    { exit: EXIT_INFRA },
  );

export const newer = (what: string): OmkError =>
  new OmkError('STORE_NEWER', `${what} was written by a newer omk.`, 'update omk', { exit: EXIT_INFRA });

export const foreign = (path: string): OmkError =>
  new OmkError(
    'STORE_FOREIGN',
    `${path} belongs to another program: it is not an omk database.`,
    'move it away, or set OMK_STATE_DIR to another directory; omk does not change it',
    { exit: EXIT_INFRA },
  );

export const inUse = (path: string, goal: GoalId, pid: number): OmkError =>
  new OmkError(
    'STORE_IN_USE',
    `${path} cannot be taken over while process ${pid} of an earlier omk works on goal ${goal}.`,
    'wait until it ends or stop it with Ctrl-C, then run the command again',
    { exit: EXIT_INFRA },
  );

export const unwritable = (path: string, why: string, cause?: unknown): OmkError =>
  new OmkError(
    'STORE_UNWRITABLE',
    `The state directory cannot be used: ${path}: ${why}.`,
    'make it yours (chmod u+rwx), or set OMK_STATE_DIR to a directory you can write',
    { exit: EXIT_INFRA, cause },
  );

export const unsafe = (path: string, why: string, fix: string): OmkError =>
  new OmkError('STORE_UNSAFE', `The state directory ${path} is not private: ${why}.`, fix, { exit: EXIT_INFRA });

export const notAFile = (path: string, why: string, cause?: unknown): OmkError =>
  new OmkError('STORE_NOT_A_FILE', `${path} cannot be stored: ${why}.`, 'give the path of a readable regular file', {
    exit: EXIT_INFRA,
    cause,
  });

const full = (cause: unknown): OmkError =>
  new OmkError(
    'STORE_FULL',
    'There is no space left for the state of omk.',
    'free some disk space, then `omk goal resume`',
    {
      exit: EXIT_INFRA,
      cause,
    },
  );

const busy = (cause: unknown): OmkError =>
  new OmkError(
    'STORE_BUSY',
    'Another process has kept the state of omk locked for too long.',
    'wait until it is done, then run the command again; omk goal list --all shows what runs',
    {
      exit: EXIT_INFRA,
      cause,
    },
  );

const io = (path: string, cause: unknown): OmkError =>
  new OmkError(
    'STORE_IO',
    `The state of omk could not be read or written: ${path}: ${reason(cause)}.`,
    'check the disk of the state directory',
    {
      exit: EXIT_INFRA,
      cause,
    },
  );

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** SQLite's primary result code, null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
export const SQLITE_NOTADB = 26;

/** Whether the database was locked by somebody else; asked again later it may answer. */
export const isBusy = (error: unknown): boolean => {
  const code = sqliteCode(error instanceof OmkError ? error.cause : error);
  return code === SQLITE_BUSY || code === SQLITE_LOCKED;
};

/** Names what the database or the file system could not do; anything else is returned as it is, for it is a bug. */
export function named(error: unknown, path: string): unknown {
  if (error instanceof OmkError) return error;
  switch (sqliteCode(error)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return busy(error);
    case 3:
    case 8:
    case 14:
      return unwritable(path, reason(error), error);
    case 10:
      return io(path, error);
    case 11:
    case SQLITE_NOTADB:
      return corrupt(path, reason(error), error);
    case 13:
      return full(error);
    case null:
      return namedSystem(error, path);
    default:
      return error;
  }
}

function namedSystem(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return full(error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return unwritable(path, reason(error), error);
    default:
      return io(path, error);
  }
}
