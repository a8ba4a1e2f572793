import { OmkError } from '../../../domain/error.ts';
import { removeFolder } from '../../process/remove-folder.ts';
import type { SafeInVault } from '../port.ts';
import { keptBy } from '../snapshot/keep.ts';
import type { VaultPlace } from './place.ts';

/** `OmkError` `WORKTREE_NOT_SAFE` unless the ref is in the vault and keeps all of the worktree. */
export async function removeWorktree(place: VaultPlace, worktree: string, safe: SafeInVault): Promise<void> {
  const kept = await keptBy(place.call, safe);
  if (kept !== 'complete') {
    const why = kept === 'absent' ? `${safe} is not in the vault` : `${safe} does not hold all of its files`;
    throw new OmkError(
      'WORKTREE_NOT_SAFE',
      `The worktree ${worktree} was kept: ${why}.`,
      'Look through it and remove it yourself when nothing in it is needed.',
      { exit: 6 },
    );
  }
  await removeFolder(worktree);
}
