import { blobsIn, type Divergence, type Recorded } from './recorded.ts';

/** Characters of a long line that are shown before the first difference in it. */
const BEFORE = 40;

/** Where the content of two events differs first, such as one word of a prompt; null where they name the same blobs. */
export async function otherText(
  { recorded, here }: Divergence,
  blob: Recorded['blob'],
  made: ReadonlyMap<string, Uint8Array>,
): Promise<Divergence['text']> {
  if (recorded === null || here === null) return undefined;
  const [there, now] = [blobsIn(recorded), blobsIn(here)];
  const [one] = [...there].filter((sha256) => !now.has(sha256));
  const [other] = [...now].filter((sha256) => !there.has(sha256));
  const [before, after] = [one && (await blob(one)), other && made.get(other)];
  if (!before || !after) return undefined;
  const [lines, others] = [before, after].map((bytes) => Buffer.from(bytes).toString('utf8').split('\n'));
  const at = (lines ?? []).findIndex((line, index) => line !== others?.[index]);
  const line = at === -1 ? (lines ?? []).length : at;
  return { line: line + 1, ...fromDifference(lines?.[line] ?? '', others?.[line] ?? '') };
}

/** A line is shown by its beginning, so what both have alike is left out where there is much of it. */
function fromDifference(recorded: string, here: string): { readonly recorded: string; readonly here: string } {
  let same = 0;
  while (same < recorded.length && recorded[same] === here[same]) same += 1;
  if (same <= BEFORE) return { recorded, here };
  const from = same - BEFORE;
  return { recorded: `…${recorded.slice(from)}`, here: `…${here.slice(from)}` };
}
