import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RealGates } from '../engine/recording/without-gates.ts';
import type { Recorded } from '../engine/recording/recorded.ts';
import { replayWith, type Replayed } from '../engine/recording/replay.ts';
import { sha256Hex } from '../proof/format/bytes.ts';
import { CASSETTE } from '../proof/format/names.ts';
import { plainFile, readCassette } from '../world/cassette/open.ts';
import type { Sha256 } from '../domain/ids.ts';
import type { NamedLog } from './replay-log.ts';

export const NO_CASSETTE: Replayed = {
  kind: 'not_replayable',
  why: 'the bundle has no cassette: omk goal proof --with-cassette --out <dir>',
};

/** The executions of a bundle that has a cassette, made again. `gates`: how they run here; null: what they showed then is taken. */
export async function replayBundle(
  folder: string,
  { goal, events }: NamedLog,
  gates: RealGates | null,
): Promise<Replayed> {
  const place = join(folder, CASSETTE);
  if (!existsSync(place)) return NO_CASSETTE;
  const blob: Recorded['blob'] = async (sha256) => blobFrom(place, sha256);
  return replayWith({ goal, events, cassette: readCassette(place), blob }, gates);
}

/** Null for what is not the content that it is named after, and for what is no plain file: somebody else may have made the folder. */
export function blobFrom(cassette: string, sha256: Sha256): Buffer | null {
  const content = /^[0-9a-f]{64}$/.test(sha256) ? plainFile(join(cassette, 'blobs', sha256)) : null;
  return content !== null && sha256Hex(content) === sha256 ? content : null;
}
