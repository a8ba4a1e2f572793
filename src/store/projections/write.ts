import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { named } from '../failures.ts';

/** Projected files that come and go with the status: one that is not given any more is no longer true. */
const SOMETIMES: readonly string[] = ['failure.json'];

/** Folders that are given as a whole where they are: a proof with files of an earlier one in it accounts for none of them. */
const WHOLE: readonly string[] = ['proof'];

/**
 * Brings a goal's folder to a whole projection, each file at once and only where it differs (0700, 0600).
 * Other files in the folder stay, but beside those of a proof that is given. Names that leave the folder are a
 * `TypeError`; the disk's failures are `STORE_*`.
 */
export async function writeGoalFolder(dir: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const name of files.keys()) checkName(name);
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    for (const [name, content] of files) {
      const path = join(dir, name);
      if (!(await holds(path, content))) await replace(dir, path, content);
    }
    for (const folder of WHOLE)
      if ([...files.keys()].some((name) => name.startsWith(`${folder}/`))) await dropOthers(dir, folder, files);
    await dropDrafts(dir);
    for (const name of SOMETIMES) if (!files.has(name)) await rm(join(dir, name), { force: true });
  } catch (error) {
    throw named(error, dir);
  }
}

/** Lies beside what it becomes a part of, so that a process that is ended leaves nothing in a proof. */
const DRAFT = /^\.draft\.[\da-f]{12}$/;
/** No draft takes an hour: it is of a process that was ended. */
const STALE_MS = 60 * 60 * 1000;

async function dropDrafts(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (!DRAFT.test(name)) continue;
    const stats = await stat(join(dir, name)).catch(() => null);
    if (stats !== null && Date.now() - stats.mtimeMs > STALE_MS) await rm(join(dir, name), { force: true });
  }
}

async function dropOthers(dir: string, folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const found = await readdir(join(dir, folder), { recursive: true, withFileTypes: true });
  const others = found.filter(
    (each) => !each.isDirectory() && !files.has(relative(dir, join(each.parentPath, each.name)).split(sep).join('/')),
  );
  for (const other of others) await rm(join(other.parentPath, other.name), { force: true });
}

function checkName(name: string): void {
  const wrong = name.split('/').some((part) => part === '' || part === '.' || part === '..' || /[\\:\0]/.test(part));
  if (wrong) throw new TypeError(`not a path inside the goal's folder: ${JSON.stringify(name)}`);
}

async function holds(path: string, content: Uint8Array): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  if (stats === null || !stats.isFile() || stats.size !== content.length) return false;
  return (await readFile(path)).equals(content);
}

// Not synced: a projection is made again from the log whenever it is lost.
async function replace(dir: string, path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = join(dir, `.draft.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
