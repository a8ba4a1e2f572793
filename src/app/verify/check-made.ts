import type { RepositoryPin } from '../../domain/goal/event.ts';
import type { Opened } from '../../proof/verify/bundle.ts';
import type { Live } from '../compose.ts';
import { check, repositoryOf } from './check.ts';
import type { VerifyFlags } from './flags.ts';
import { madeVault, pinOf } from './made-vault.ts';
import type { Target } from './target.ts';

/** A bundle as it was checked, and the repository here, pinned to its base; null where its signatures do not hold. */
export type Made = Opened & { readonly pin: RepositoryPin | null };

/**
 * A bundle checked to V1 in a clone that need not have the result: base, patch and the pack of the bundle make its trees. Signatures come
 * first, and nothing is made of what they do not hold for.
 */
export async function checkMade(
  world: Live,
  target: Target,
  flags: VerifyFlags,
  more: { readonly base?: string | null; readonly ownKey?: boolean } = {},
): Promise<Made> {
  const { ownKey = false } = more;
  const signed = await check(world, target, 'V0', flags, { ownKey });
  if (!signed.content) return { ...signed, pin: null };
  const pin = await pinOf(world, repositoryOf(target, flags), signed.content);
  const vault = await madeVault(world, pin, signed.content, target.folder);
  return { ...(await check(world, { ...target, vault }, 'V1', flags, { ...more, resultElsewhere: true })), pin };
}
