import { basename, dirname, join } from 'node:path';
import type { GoalId } from '../../domain/ids.ts';
import { openGarbage } from '../../world/files/garbage.ts';

/** Bytes that a goal has on the disk for itself. Dependencies, downloads and the objects of the vault are shared. */
export interface GoalDisk {
  readonly folder: number;
  /** Those that are there; of an attempt that is over there is none. */
  readonly worktrees: readonly { readonly attempt: number; readonly bytes: number }[];
}

export async function diskOf(stateDir: string, goal: GoalId): Promise<GoalDisk> {
  const { attempts, sizeOf } = openGarbage(stateDir);
  const own = (await attempts()).filter(({ path }) => basename(dirname(path)) === goal);
  const worktrees = await Promise.all(
    own.map(async ({ path }) => ({ attempt: Number.parseInt(basename(path), 10), bytes: await sizeOf(path) })),
  );
  return {
    folder: await sizeOf(join(stateDir, 'goals', goal)),
    worktrees: worktrees.toSorted((one, other) => one.attempt - other.attempt),
  };
}
