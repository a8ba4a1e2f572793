import { blobsIn, type Divergence, type Recorded } from './recorded.ts';

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
  return { line: line + 1, recorded: lines?.[line] ?? '', here: others?.[line] ?? '' };
}
