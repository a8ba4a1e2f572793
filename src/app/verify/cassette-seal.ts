import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CASSETTE, CASSETTE_STATEMENT, CHECKPOINT } from '../../proof/format/names.ts';
import { checkCassette, notAsStated, type CassetteSeal } from '../../proof/verify/cassette.ts';
import type { TrustedKey } from '../../proof/verify/trust.ts';
import { isThere, plainFile, readCassette } from '../../world/cassette/open.ts';
import type { Live } from '../compose.ts';
import { trustedKeys } from './trust.ts';
import type { GoalId } from '../../domain/ids.ts';

export type { CassetteSeal } from '../../proof/verify/cassette.ts';

/** Whether the cassette in the folder of a bundle is the one that a trusted key signed; null where it has none. */
export async function cassetteSeal(
  world: Live,
  { folder, goal, key }: { readonly folder: string; readonly goal: GoalId; readonly key: string | undefined },
): Promise<CassetteSeal | null> {
  if (!existsSync(join(folder, CASSETTE))) return null;
  return sealOf(folder, goal, await trustedKeys(world, key ?? null, null));
}

/** Somebody else may have made the folder. */
export function sealOf(folder: string, goal: GoalId, trusted: readonly TrustedKey[]): CassetteSeal {
  const stated = statedOf(folder, goal);
  if (typeof stated === 'string') return { kind: 'broken', why: stated };
  return checkCassette(stated.envelope, stated.cassette, trusted);
}

/** Why a cassette is not the one that its statement names, for who has no key to trust; null where nothing is said against it. */
export function notStated(folder: string, goal: GoalId): string | null {
  const stated = statedOf(folder, goal);
  return typeof stated === 'string' ? stated : notAsStated(stated.envelope, stated.cassette);
}

function statedOf(folder: string, goal: GoalId) {
  const file = join(folder, CASSETTE, CASSETTE_STATEMENT);
  const envelope = plainFile(file);
  if (envelope === null && isThere(file)) return `${CASSETTE_STATEMENT} is not a plain file, or is too large`;
  const checkpoint = plainFile(join(folder, CHECKPOINT)) ?? new Uint8Array();
  const { runs } = readCassette(join(folder, CASSETTE));
  return { envelope, cassette: { goal, checkpoint, runs } };
}
