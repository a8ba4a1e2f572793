import { createHash } from 'node:crypto';
import { createReadStream, type BigIntStats, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { readlink } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { canonical } from '../../../domain/canonical.ts';
import { toRepoPath } from '../../../domain/git/path-bytes.ts';
import type { Sha256 } from '../../../domain/ids.ts';
import { repoFile } from '../../process/repo-file.ts';

const AT_ONCE = 16;
const SMALL = 256 * 1024;

interface Entry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'folder';
  readonly mode: number;
  readonly size: number;
  /** Changes with every write and cannot be set back by who writes. */
  readonly changed: string;
}

/** All that lies in a folder, sorted by path. Throws for what is neither file, link nor folder. */
export async function list(root: string): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  const waiting = [''];
  let seen = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    // Asked one by one without waiting, which is ten times as fast; others get their turn between folders.
    if ((seen += 1) % 32 === 0) await setImmediate();
    for (const raw of readdirSync(repoFile(root, folder), 'latin1')) {
      const name = toRepoPath(raw);
      const path = folder === '' ? name : `${folder}/${name}`;
      const stat = lstatSync(repoFile(root, path), { bigint: true });
      const kind = kindOf(stat);
      if (kind === null) throw new TypeError(`a dependency layer holds files, links and folders only: ${path}`);
      if (kind === 'folder') waiting.push(path);
      const mode = kind === 'link' ? 0 : Number(stat.mode & 0o777n);
      entries.push({
        path,
        kind,
        mode,
        size: kind === 'folder' ? 0 : Number(stat.size),
        changed: `${stat.mtimeNs}.${stat.ctimeNs}.${stat.ino}`,
      });
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Changes whenever anything in the folder was written, also when it was written back. Reads no content. */
export async function stampOf(root: string): Promise<Sha256> {
  return sha256(canonical(await list(root)));
}

/** sha256 over every path, kind, mode and content. */
export async function contentOf(root: string): Promise<Sha256> {
  const entries = await list(root);
  const digests = new Map<string, string>();
  let seen = 0;
  await inTurns(entries, async ({ path, kind, size }) => {
    // Small files are read without waiting, which is several times as fast; others get their turn between some of them.
    if (kind === 'file' && size <= SMALL) digests.set(path, sha256(readFileSync(repoFile(root, path))));
    else if (kind === 'file') digests.set(path, await fileDigest(repoFile(root, path)));
    if ((seen += 1) % 32 === 0) await setImmediate();
    if (kind === 'link') digests.set(path, sha256(await readlink(repoFile(root, path), 'buffer')));
  });
  return sha256(canonical(entries.map(({ path, kind, mode }) => [path, kind, mode, digests.get(path) ?? null])));
}

export const sha256 = (data: string | Buffer): Sha256 => createHash('sha256').update(data).digest('hex');

export async function fileDigest(path: string | Buffer): Promise<Sha256> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** A limited number at a time: a layer may have more files than may be open. */
async function inTurns<T>(items: readonly T[], perform: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await perform(item);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
}

function kindOf(stat: BigIntStats): 'folder' | 'link' | 'file' | null {
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return 'link';
  return stat.isFile() ? 'file' : null;
}
