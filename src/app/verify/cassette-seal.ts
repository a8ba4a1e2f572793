import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CASSETTE, CASSETTE_STATEMENT, CHECKPOINT } from '../../proof/format/names.ts';
import { checkCassette, type CassetteSeal } from '../../proof/verify/cassette.ts';
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
export async function sealOf(folder: string, goal: GoalId, trusted: readonly TrustedKey[]): Promise<CassetteSeal> {
  const file = join(folder, CASSETTE, CASSETTE_STATEMENT);
  const envelope = plainFile(file);
  if (envelope === null && isThere(file))
    return { kind: 'broken', why: `${CASSETTE_STATEMENT} is not a plain file, or is too large` };
  const checkpoint = await readFile(join(folder, CHECKPOINT));
  const { runs } = readCassette(join(folder, CASSETTE));
  return checkCassette(envelope, { goal, checkpoint, runs }, trusted);
}
