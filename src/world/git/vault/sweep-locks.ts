import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Git holds a lock for milliseconds; one that is younger than this may be of a git that is at work. */
const YOUNG_MS = 2_000;
/** Where processes cannot be looked at: every call of git that omk makes is ended long before. */
const LONG_MS = 15 * 60 * 1000;
/** Ticks of a start time in /proc, and how coarse the time of boot beside it is. */
const TICK_MS = 10;
const COARSE_MS = 1_000;

interface Lock {
  readonly path: string;
  readonly made: number;
  readonly inode: bigint;
}

/** Removes the locks in a vault that a git which was killed left, so that they end no later run. Those that a living git may hold stay. */
export async function sweepLocks(vault: string, youngMs = YOUNG_MS): Promise<void> {
  const found = await locksIn(vault);
  if (found.length === 0) return;
  const youngest = Math.max(...found.map(({ made }) => made));
  await wait(Math.min(youngMs, Math.max(0, youngest + youngMs - Date.now())));
  const oldest = await oldestGit(vault);
  for (const lock of found) {
    const free = oldest === null ? Date.now() - lock.made > LONG_MS : lock.made + COARSE_MS < oldest;
    if (free && (await isStill(lock))) await rm(lock.path, { force: true });
  }
}

async function locksIn(vault: string): Promise<readonly Lock[]> {
  const [top, refs] = await Promise.all([
    readdir(vault),
    readdir(join(vault, 'refs'), { recursive: true, withFileTypes: true }),
  ]);
  const paths = [
    ...top.filter((name) => name.endsWith('.lock') || name === 'gc.pid').map((name) => join(vault, name)),
    ...refs.filter(({ name }) => name.endsWith('.lock')).map(({ parentPath, name }) => join(parentPath, name)),
  ];
  const locks = await Promise.all(paths.map(look));
  return locks.filter((lock) => lock !== null);
}

const look = (path: string): Promise<Lock | null> =>
  lstat(path, { bigint: true }).then(
    ({ mtimeMs, ino }) => ({ path, made: Number(mtimeMs), inode: ino }),
    () => null,
  );

const isStill = async ({ path, made, inode }: Lock): Promise<boolean> => {
  const now = await look(path);
  return now !== null && now.made === made && now.inode === inode;
};

/** Reads objects until nobody asks any more, and takes no lock. */
const READER = '\0cat-file\0';

/**
 * When the oldest git that may hold a lock of this vault was started, in milliseconds since the epoch; infinity: there
 * is none; null: it cannot be told.
 */
async function oldestGit(vault: string): Promise<number | null> {
  const boot = /^btime (\d+)$/m.exec(await readFile('/proc/stat', 'latin1').catch(() => ''))?.[1];
  if (boot === undefined) return null;
  const suffix = `/${basename(dirname(vault))}/${basename(vault)}`;
  let oldest = Number.POSITIVE_INFINITY;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environ = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    const gitDir = /(?:^|\0)GIT_DIR=([^\0]*)/.exec(environ)?.[1];
    if (gitDir?.endsWith(suffix) !== true) continue;
    if ((await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '')).includes(READER)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    if (ticks > 0) oldest = Math.min(oldest, Number(boot) * 1000 + ticks * TICK_MS);
  }
  return oldest;
}
