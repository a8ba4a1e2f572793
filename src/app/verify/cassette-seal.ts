import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CASSETTE, CASSETTE_STATEMENT, CHECKPOINT } from '../../proof/format/names.ts';
import { checkCassette, type CassetteSeal } from '../../proof/verify/cassette.ts';
import { readCassette } from '../../world/cassette/open.ts';
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
  const file = join(folder, CASSETTE, CASSETTE_STATEMENT);
  const checkpoint = await readFile(join(folder, CHECKPOINT));
  const { runs } = readCassette(join(folder, CASSETTE));
  const trusted = await trustedKeys(world, key ?? null, null);
  return checkCassette(existsSync(file) ? await readFile(file) : null, { goal, checkpoint, runs }, trusted);
}
