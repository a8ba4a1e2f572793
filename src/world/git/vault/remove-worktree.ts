import { chmod, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { SafeInVault } from '../port.ts';
import { keptBy } from '../snapshot/keep.ts';
import type { VaultPlace } from './place.ts';

/** Gives folders back their rights, so that they can be removed. Never through links. */
async function open(dir: string): Promise<void> {
  const stat = await lstat(dir);
  if (!stat.isDirectory()) return;
  if ((stat.mode & 0o700) !== 0o700) await chmod(dir, 0o700);
  for (const entry of await readdir(dir, { withFileTypes: true })) if (entry.isDirectory()) await open(join(dir, entry.name));
}

/** `OmkError` `WORKTREE_NOT_SAFE` unless the ref is in the vault and keeps all of the worktree. */
export async function removeWorktree(place: VaultPlace, worktree: string, safe: SafeInVault): Promise<void> {
  const kept = await keptBy(place.call, safe);
  if (kept !== 'complete') {
    const why = kept === 'absent' ? `${safe} is not in the vault` : `${safe} does not hold all of its files`;
    throw new OmkError('WORKTREE_NOT_SAFE', `The worktree ${worktree} was kept: ${why}.`, 'Look through it and remove it yourself when nothing in it is needed.', { exit: 6 });
  }
  try {
    await rm(worktree, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'))) throw error;
    await open(worktree);
    await rm(worktree, { recursive: true, force: true });
  }
}
