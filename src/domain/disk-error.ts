import type { ErrorCode } from './error-code.ts';
import { OmkError } from './error.ts';

const FULL = { code: 'DISK_FULL' as const, fix: 'free some space, then run the command again, or omk goal resume' };
const FORBIDDEN = {
  code: 'DISK_FORBIDDEN' as const,
  fix: 'make it readable and writable for your user, then run it again',
};
const BROKEN = { code: 'DISK_IO' as const, fix: 'check the disk, then run the command again, or omk goal resume' };
const LIMIT = {
  code: 'SYSTEM_LIMIT' as const,
  fix: 'end what is not needed or raise the limit (ulimit -a), then omk goal resume',
};

/** What the machine can fail at without a fault of omk, by the name of the error. */
const KINDS: ReadonlyMap<string, { readonly code: ErrorCode; readonly fix: string; readonly what: string }> = new Map([
  ['ENOSPC', { ...FULL, what: 'there is no space left on the disk' }],
  ['EDQUOT', { ...FULL, what: 'the disk quota is used up' }],
  ['EFBIG', { ...FULL, what: 'the file would be larger than allowed' }],
  ['EIO', { ...BROKEN, what: 'the disk could not be read or written' }],
  ['ENXIO', { ...BROKEN, what: 'the device is gone' }],
  ['ENODEV', { ...BROKEN, what: 'the device is gone' }],
  ['ESTALE', { ...BROKEN, what: 'the network file system lost the file' }],
  ['ETIMEDOUT', { ...BROKEN, what: 'the network file system did not answer' }],
  ['EBUSY', { ...BROKEN, what: 'the file is in use' }],
  ['EROFS', { ...FORBIDDEN, what: 'the file system is read-only' }],
  ['EACCES', { ...FORBIDDEN, what: 'permission was denied' }],
  ['EPERM', { ...FORBIDDEN, what: 'permission was denied' }],
  ['EMFILE', { ...LIMIT, what: 'this process has too many files open' }],
  ['ENFILE', { ...LIMIT, what: 'this machine has too many files open' }],
  ['ENOMEM', { ...LIMIT, what: 'there is not enough memory' }],
  ['EAGAIN', { ...LIMIT, what: 'this machine has too many processes' }],
]);

/** What programs print for the same errors in the C locale. */
const SPOKEN: readonly (readonly [text: string, name: string])[] = [
  ['No space left on device', 'ENOSPC'],
  ['Disk quota exceeded', 'EDQUOT'],
  ['File too large', 'EFBIG'],
  ['Input/output error', 'EIO'],
  ['Read-only file system', 'EROFS'],
  ['Permission denied', 'EACCES'],
  ['Too many open files', 'EMFILE'],
  ['Cannot allocate memory', 'ENOMEM'],
  ['Resource temporarily unavailable', 'EAGAIN'],
];

/** An error as its sentence: an `OmkError` as it is, one of the disk or the system (`DISK_*`, `SYSTEM_LIMIT`) as one; null for a bug. */
export function inWords(error: unknown): OmkError | null {
  if (error instanceof OmkError) return error;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const syscall = 'syscall' in error && typeof error.syscall === 'string' ? error.syscall : null;
  const path = 'path' in error && typeof error.path === 'string' ? error.path : null;
  return syscall === null ? null : sentence(error.code, path === null ? syscall : `${syscall} ${path}`, error);
}

/** The same for what a program printed; null when it names none of these. */
export function spokenInWords(program: string, printed: string): OmkError | null {
  const found = SPOKEN.find(([text]) => printed.includes(text));
  return found ? sentence(found[1], program, undefined, printed.trim().split('\n').at(-1)) : null;
}

function sentence(name: string, doing: string, cause: unknown, said?: string): OmkError | null {
  const kind = KINDS.get(name);
  if (!kind) return null;
  const more = said === undefined ? name : `${name}: ${said.slice(0, 300)}`;
  return new OmkError(kind.code, `${doing}: ${kind.what} (${more})`, kind.fix, { exit: 6, cause });
}
