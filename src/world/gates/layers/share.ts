import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileDigest, list } from './listing.ts';

/** Bytes. Most of what a layer weighs is in files of this size and more, and they are few. */
const LARGE = 64 * 1024;
/** Python compares the time of a source with that of its bytecode. */
const TIMED = /\.py[cod]?$/;
/** Below the shelf; no layer has such a name. */
const STORE = '.store';

/**
 * Gives large files of a finished layer the same blocks as equal files of other layers, by hard links. Only omk writes to a layer, and
 * only before this; in a sandbox nothing of a repository can. What cannot be linked stays as it is.
 */
export async function shareLarge(root: string, shelf: string): Promise<void> {
  const store = join(shelf, STORE);
  await mkdir(store, { recursive: true, mode: 0o700 });
  const seen = new Set<string>();
  for (const { path, kind, size, mode } of await list(root)) {
    if (kind !== 'file' || size < LARGE || TIMED.test(path)) continue;
    const file = join(root, path);
    const digest = await fileDigest(file);
    const shared = join(store, `${digest}-${mode.toString(8)}`);
    // A copy for a gate or an agent keeps links within it, so two names in one layer stay two files.
    if (seen.has(shared)) continue;
    seen.add(shared);
    await one(file, shared, digest).catch(() => undefined);
  }
}

async function one(file: string, shared: string, digest: string): Promise<void> {
  const known = await fileDigest(shared).catch(() => null);
  if (known === digest) {
    const fresh = `${file}.${randomUUID()}`;
    await link(shared, fresh);
    return rename(fresh, file);
  }
  if (known !== null) await unlink(shared);
  return link(file, shared);
}

/** Removes what no layer has any more. */
export async function pruneShared(shelf: string): Promise<void> {
  const store = join(shelf, STORE);
  for (const name of await readdir(store).catch(() => []))
    if ((await stat(join(store, name))).nlink === 1) await rm(join(store, name), { force: true });
}
