import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { canonical } from '../../../domain/canonical.ts';
import type { Sha256 } from '../../../domain/ids.ts';
import type { Done } from './plan.ts';
import { pruneShared, shareLarge } from './share.ts';
import { contentOf, sha256, stampOf } from './listing.ts';

const ABANDONED_MS = 24 * 3600 * 1000;

/** Part of the key: the paths of programs in a layer have to fit into the first line of a script. */
const NAME_LENGTH = 32;
/** Written last, so that a folder without it is not a layer. */
const RECORD = 'layer.json';
const recordShape = z.strictObject({
  version: z.literal(1),
  key: z.string(),
  digest: z.string(),
  content: z.string(),
  stamp: z.string(),
  nested: z.array(z.string()),
  note: z.optional(z.string()),
});
type LayerRecord = z.infer<typeof recordShape>;

export interface Shelved {
  readonly dir: string;
  readonly digest: Sha256;
  /** Folders of dependencies elsewhere in the tree: `<path>/node_modules`, kept in `nested/<path>/node_modules`. */
  readonly nested: readonly string[];
  /** What could not be done when it was built. */
  readonly note?: string;
}

/** The finished layers of a state directory, by key. */
export interface Shelf {
  /** Null when there is none, or when it is not what was built (then it is removed). */
  take(key: string): Promise<Shelved | null>;
  /**
   * Lets `fill` build into `out`, in a folder of its own that is thrown away, and puts the result at `final`,
   * whole. Another process may be first; then its layer stands.
   */
  build<T>(key: string, fill: (folder: string, out: string, final: string) => Promise<Done | T>): Promise<Shelved | T>;
  /** Whether the layer with this digest is still what was built. */
  intact(dir: string, digest: Sha256): Promise<boolean>;
}

/** `mayShare`: whether large files of layers may be one file on the disk, because nothing that is judged can write to them. */
export async function openShelf(
  stateDir: string,
  mayShare: () => Promise<boolean> = async () => false,
): Promise<Shelf> {
  await mkdir(join(stateDir, 'layers'), { recursive: true, mode: 0o700 });
  const shelf = await realpath(join(stateDir, 'layers'));
  await removeAbandoned(shelf);

  const intact = async (dir: string, digest: Sha256): Promise<boolean> => {
    const record = await readRecord(dir);
    if (record === null || record.digest !== digest || record.digest !== digestOf(record.key, record.content))
      return false;
    if (record.stamp === (await stampOf(join(dir, 'content')))) return true;
    // Written to, but perhaps only copied with the state directory: the content decides.
    if (record.content !== (await contentOf(join(dir, 'content')))) return false;
    await writeRecord(dir, { ...record, stamp: await stampOf(join(dir, 'content')) });
    return true;
  };
  const placeOf = (key: string): string => join(shelf, key.slice(0, NAME_LENGTH));
  const take = async (key: string): Promise<Shelved | null> => {
    const dir = placeOf(key);
    // What is there was put there whole, so something wrong with it is no half-built layer of a neighbour.
    if (!(await exists(dir))) return null;
    const record = await readRecord(dir);
    if (record !== null && record.key === key && (await intact(dir, record.digest))) {
      await touch(dir);
      return { dir, digest: record.digest, nested: record.nested, ...noted(record) };
    }
    await discard(shelf, dir);
    return null;
  };
  return {
    take,
    intact,
    async build(key, fill) {
      const folder = join(shelf, `.build-${randomUUID()}`);
      const layer = join(folder, 'layer');
      try {
        await mkdir(join(layer, 'content'), { recursive: true, mode: 0o700 });
        const dir = placeOf(key);
        const filled = await fill(folder, join(layer, 'content'), join(dir, 'content'));
        if (!isDone(filled)) return filled;
        const content = await contentOf(join(layer, 'content'));
        const digest = digestOf(key, content);
        await pruneShared(shelf);
        if (await mayShare()) await shareLarge(join(layer, 'content'), shelf);
        await writeRecord(layer, {
          version: 1,
          key,
          digest,
          content,
          stamp: await stampOf(join(layer, 'content')),
          nested: [...filled.nested],
          ...noted(filled),
        });
        for (;;) {
          if (await moved(layer, dir)) return { dir, digest, nested: filled.nested, ...noted(filled) };
          const theirs = await take(key);
          if (theirs !== null) return theirs;
        }
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
  };
}

const isDone = <T>(filled: Done | T): filled is Done =>
  typeof filled === 'object' && filled !== null && 'kind' in filled && filled.kind === 'done';

/** A layer that is used is not collected. */
async function touch(dir: string): Promise<void> {
  const now = new Date();
  await utimes(dir, now, now).catch(() => undefined);
}

/** False when another process was first. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const noted = ({ note }: { readonly note?: string | undefined }): { readonly note?: string } =>
  note === undefined ? {} : { note };

const digestOf = (key: string, content: Sha256): Sha256 => sha256(canonical({ key, content }));

async function readRecord(dir: string): Promise<LayerRecord | null> {
  try {
    return z.parse(recordShape, JSON.parse(await readFile(join(dir, RECORD), 'utf8')));
  } catch {
    // Not there or not readable: either way this is no layer.
    return null;
  }
}

async function writeRecord(dir: string, record: LayerRecord): Promise<void> {
  const fresh = join(dir, `${RECORD}.${randomUUID()}`);
  await writeFile(fresh, canonical(record), { mode: 0o600 });
  await rename(fresh, join(dir, RECORD));
}

/** Out of the way first, so that no one finds it half removed. */
async function discard(shelf: string, dir: string): Promise<void> {
  const aside = join(shelf, `.build-${randomUUID()}`);
  try {
    await rename(dir, aside);
  } catch {
    return;
  }
  await rm(aside, { recursive: true, force: true, maxRetries: 3 });
}

/** What a process that was killed left behind. */
async function removeAbandoned(shelf: string): Promise<void> {
  for (const name of await readdir(shelf)) {
    if (!name.startsWith('.build-')) continue;
    const path = join(shelf, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}
