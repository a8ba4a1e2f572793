import type { GoalId, Sha256 } from '../../domain/ids.ts';
import { corrupt } from '../failures.ts';
import type { RawLine } from './assemble.ts';
import { parseLine, place } from './parse-line.ts';
import { hashOf, NO_HASH } from './seal.ts';

export interface StoredLine {
  readonly seq: number;
  readonly line: string;
  readonly hash: Sha256;
  /** Paths of this machine, beside the line. */
  readonly places: string | null;
}

/** What the goal's own row says about its log, so that a cut-off end is seen. */
export interface LogEnd {
  readonly version: number;
  readonly tip: Sha256;
}

/**
 * Checks the lines from seq `first` to the end of the log: contiguous, each naming the hash of the one before,
 * hash column and canonical text right, and the last one the one the goal's row names. Throws `STORE_CORRUPT` or `STORE_NEWER`.
 */
export function checkChain(
  goal: GoalId,
  first: number,
  stored: readonly StoredLine[],
  end: LogEnd,
): readonly RawLine[] {
  let before: Sha256 | null = first === 0 ? NO_HASH : null;
  const lines = stored.map((row, index) => {
    const seq = first + index;
    const where = place(goal, seq);
    if (row.seq !== seq) throw corrupt(where, 'an event is missing');
    if (hashOf(row.line) !== row.hash) throw corrupt(where, 'a line does not match its hash');
    const raw = parseLine(goal, seq, row.line);
    if (raw.seq !== seq) throw corrupt(where, `a line says that it is seq ${raw.seq}`);
    if (before !== null && raw.prev !== before) throw corrupt(where, 'the chain of hashes is broken');
    before = row.hash;
    return { raw, line: row.line, places: row.places };
  });
  const next = first + stored.length;
  if (stored.length === 0 && first >= end.version) return [];
  if (next !== end.version) throw corrupt(place(goal, next), `there should be ${end.version} events`);
  if (before !== end.tip) throw corrupt(place(goal, next - 1), 'the last line is not the one that was written');
  return lines;
}
