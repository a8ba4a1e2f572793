import type { GoalId, Sha256 } from '../../domain/ids.ts';
import { mayHaveParts, partContent, partsOf, putTogether } from '../../domain/log/parts.ts';
import { readPlaces } from '../../domain/log/places.ts';
import { upcast, type RawEvent } from '../../domain/log/upcast.ts';
import { corrupt, partGone } from '../failures.ts';
import type { LogLine } from '../port.ts';
import { place } from './parse-line.ts';
import { hashOf } from './seal.ts';

/** A line as it is stored, read. */
export interface RawLine {
  readonly raw: RawEvent;
  readonly line: string;
  readonly places: string | null;
}

/** The lines as the domain sees them: parts and paths in their places. `STORE_PART_GONE`, `STORE_CORRUPT`. */
export async function assemble(
  goal: GoalId,
  lines: readonly RawLine[],
  blob: (sha256: Sha256) => Promise<string | null>,
): Promise<readonly LogLine[]> {
  const done: LogLine[] = [];
  for (const { raw, line, places } of lines) {
    const hasParts = raw.v !== 1 && mayHaveParts(line);
    done.push({ line, event: upcast(hasParts ? await whole(goal, raw, blob) : raw, readPlaces(places)) });
  }
  return done;
}

async function whole(goal: GoalId, raw: RawEvent, blob: (sha256: Sha256) => Promise<string | null>): Promise<RawEvent> {
  const where = place(goal, raw.seq);
  const texts = new Map<Sha256, string | null>();
  for (const sha256 of partsOf(raw.data)) texts.set(sha256, await blob(sha256));
  const data = putTogether(raw.data, (part) => {
    if (part === null) throw corrupt(where, 'what stands for a part of the event names none');
    const text = texts.get(part.$blob) ?? null;
    if (text === null) throw partGone(where, part.$blob);
    const content = partContent(part, text, hashOf);
    if (content === null) throw corrupt(where, `blob ${part.$blob} is not the part that the event names`);
    return content.value;
  });
  return { ...raw, data: { ...(typeof data === 'object' ? data : {}) } };
}
