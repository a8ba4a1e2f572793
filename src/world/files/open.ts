import { access, mkdir, mkdtemp, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appendOnce, tryAppend } from './append-once.ts';
import { openGarbage } from './garbage.ts';
import { keepPrivate, readPrivate } from './private.ts';
import { removeFolder } from '../process/remove-folder.ts';
import type { GoalId } from '../../domain/ids.ts';

/** The places of the state directory that the engine names, all private (0700). */
export function openFiles(stateDir: string) {
  return {
    stateDir,
    garbage: openGarbage(stateDir),
    attemptDir: async (goal: GoalId, attempt: number): Promise<string> => {
      const parent = join(stateDir, 'worktrees', goal);
      await mkdir(parent, { recursive: true, mode: 0o700 });
      return mkdtemp(join(parent, `${attempt}-`));
    },
    scratchDir: async (attemptDir: string): Promise<string> => {
      const dir = join(attemptDir, 'scratch');
      await mkdir(dir, { recursive: true, mode: 0o700 });
      return dir;
    },
    // Only what is surely not there is not there: a disk that fails must not make work look lost.
    exists: (path: string): Promise<boolean> =>
      access(path).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false;
          throw error;
        },
      ),
    removeAttempt: async (attemptDir: string): Promise<void> => {
      await removeFolder(attemptDir);
      // Stays while other attempts are in it.
      await rmdir(dirname(attemptDir)).catch(() => undefined);
    },
    removeGoal: async (goal: GoalId, ...sealed: readonly string[]): Promise<void> => {
      for (const path of [join('worktrees', goal), join('goals', goal), join('cassettes', goal), ...sealed])
        await removeFolder(join(stateDir, path));
    },
    keepPrivate: (name: string, text: string): Promise<void> => keepPrivate(join(stateDir, name), text),
    readPrivate: (name: string): Promise<string | null> => readPrivate(join(stateDir, name)),
    appendOnce,
    tryAppend,
    goalDir: (goal: GoalId): string => join(stateDir, 'goals', goal),
  };
}
