import { generateKeyPairSync } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { tooOpen } from './errors.ts';
import { place } from './place.ts';

/** Makes a key at `path` unless there is one; of several processes at first use, one wins and all use its key. */
export async function createKey(path: string): Promise<void> {
  const dir = dirname(path);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const { mode } = await lstat(dir);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw tooOpen(dir, mode, '700');
  const { privateKey } = generateKeyPairSync('ed25519');
  await place(path, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(), 0o600);
}
