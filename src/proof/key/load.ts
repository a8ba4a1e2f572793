import { createPrivateKey, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { rawOfKey } from '../format/ssh-key.ts';
import { tooOpen, unusable } from './errors.ts';
import { parseOpenSsh } from './openssh.ts';

const MAX_BYTES = 64 * 1024;

/**
 * Reads an unencrypted Ed25519 private key, OpenSSH or PKCS8 PEM. `OmkError` `KEY_PERMISSIONS` when others may read it,
 * `KEY_UNUSABLE` for any other kind of file. A missing file is the `ENOENT` of the file system.
 */
export async function loadKey(path: string, options: { readonly followLinks: boolean }): Promise<KeyObject> {
  const text = await readPrivate(path, options.followLinks);
  const key = text.startsWith('-----BEGIN PRIVATE KEY-----') ? parsePem(text, path) : parseOpenSsh(text, path);
  if (!rawOfKey(key)) throw unusable(path, 'is not an Ed25519 key');
  return key;
}

async function readPrivate(path: string, followLinks: boolean): Promise<string> {
  const flags = constants.O_RDONLY | (followLinks ? 0 : constants.O_NOFOLLOW);
  const file = await open(path, flags).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOOP') throw unusable(path, 'is a link', cause);
    throw cause;
  });
  try {
    // Asked of the open file: its name may point elsewhere a moment later.
    const { mode, size } = await file.stat();
    if ((mode & constants.S_IFMT) !== constants.S_IFREG || size > MAX_BYTES) throw unusable(path, 'is not a key file');
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw tooOpen(path, mode, '600');
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function parsePem(text: string, path: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (cause) {
    throw unusable(path, 'cannot be read', cause);
  }
}
