import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';

const PATIENCE_MS = 10_000;

/** Says that a commit's parents are not here. Several processes may do this at once: git's own lock name, taken the way git does. */
export async function markShallow(gitDir: string, commit: CommitId): Promise<void> {
  const file = join(gitDir, 'shallow');
  const lock = `${file}.lock`;
  for (let waited = 0; ; waited += 20) {
    const handle = await open(lock, 'wx', 0o600).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return null;
      throw error;
    });
    if (handle === null) {
      if (waited >= PATIENCE_MS)
        throw new OmkError(
          'VAULT_LOCKED',
          `The file ${lock} has been there for ${PATIENCE_MS / 1000} s.`,
          `If no omk is running, remove ${lock}.`,
          { exit: 6 },
        );
      await wait(20);
      continue;
    }
    try {
      const known = await readFile(file, 'latin1').catch(() => '');
      const commits = new Set(known.split('\n').filter((line) => line !== ''));
      commits.add(commit);
      await handle.writeFile([...commits].map((id) => `${id}\n`).join(''));
      await handle.sync();
      await handle.close();
      await rename(lock, file);
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(lock, { force: true });
      throw error;
    }
    return;
  }
}
