import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recorded } from '../engine/recording/recorded.ts';
import { replayGoal, type Replayed } from '../engine/recording/replay.ts';
import { sha256Hex } from '../proof/format/bytes.ts';
import { CASSETTE } from '../proof/format/names.ts';
import { readCassette } from '../world/cassette/open.ts';
import type { NamedLog } from './replay-log.ts';

export const NO_CASSETTE: Replayed = {
  kind: 'not_replayable',
  why: 'the bundle has no cassette: omk goal proof --with-cassette --out <dir>',
};

/** The executions of a bundle that has a cassette, made again from the bundle alone. */
export async function replayBundle(folder: string, { goal, events }: NamedLog): Promise<Replayed> {
  const place = join(folder, CASSETTE);
  if (!existsSync(place)) return NO_CASSETTE;
  const blob: Recorded['blob'] = async (sha256) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
    const content = await readFile(join(place, 'blobs', sha256)).catch(() => null);
    return content !== null && sha256Hex(content) === sha256 ? content : null;
  };
  return replayGoal({ goal, events, cassette: readCassette(place), blob });
}
