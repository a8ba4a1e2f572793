import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { BlobRef } from '../../../domain/ids.ts';
import { clean } from '../../../domain/text/clean.ts';
import { keyLines } from '../../../domain/text/key-lines.ts';
import { redact } from '../../../domain/text/redact.ts';
import { standingIn, withWords, type Standing } from '../../../domain/text/standing.ts';
import type { PutBlob } from '../port.ts';

/** What is kept of one stream of a gate, in bytes. */
export const OUTPUT_CAP = 8 * 1024 * 1024;
const TAIL_BYTES = 4096;
const TAIL_LINES = 400;

/** Where output is kept, and what it must not show. */
export interface Keeping {
  readonly blobs: PutBlob;
  readonly secrets: readonly string[];
  /** Paths of this machine, and where a sandbox has the same. Absent: none. */
  readonly places?: readonly Standing[];
}

/** Removes the given secrets and those of well-known shapes from bytes of any encoding. */
export const redactBytes = (content: Buffer, secrets: readonly string[]): Buffer => {
  // One character for each byte, so that what is not a secret stays as it is.
  const text = content.toString('latin1');
  const redacted = redact(
    text,
    secrets.map((value) => Buffer.from(value, 'utf8').toString('latin1')),
  );
  return redacted === text ? content : Buffer.from(redacted, 'latin1');
};

/** The same bytes with the places of every sandbox. */
function withoutPlaces(content: Buffer, places: readonly Standing[]): Buffer {
  const told = places.filter(({ path }) => content.includes(path));
  if (told.length === 0) return content;
  const inBytes = standingIn(told.map(({ path, word }) => [Buffer.from(path).toString('latin1'), word]));
  return Buffer.from(withWords(content.toString('latin1'), inBytes), 'latin1');
}

/** Stores an output file without secrets and places of the machine; of a long one head and tail. `cut`: the file is not complete. */
export async function storeOutput(
  { blobs, secrets, places = [] }: Keeping,
  path: string,
  cut: boolean,
): Promise<BlobRef> {
  // Before it is cut: half a secret is not found any more.
  const content = withoutPlaces(redactBytes(await readFileIfAny(path), secrets), places);
  if (content.length <= OUTPUT_CAP) return blobs.putBlob(content, cut);
  const half = OUTPUT_CAP / 2;
  const middle = Buffer.from(`\n… ${content.length - OUTPUT_CAP} bytes left out …\n`);
  return blobs.putBlob(Buffer.concat([content.subarray(0, half), middle, content.subarray(-half)]), true);
}

/** The bytes of a regular file; empty when there is none. Without a sandbox a gate may have put anything in its place. */
export async function readFileIfAny(path: string): Promise<Buffer> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
      throw error;
    },
  );
  if (handle === null) return Buffer.alloc(0);
  try {
    return (await handle.stat()).isFile() ? await handle.readFile() : Buffer.alloc(0);
  } finally {
    await handle.close();
  }
}

/** Keeps the last lines of all output, in the order they came. Paths of the run are written as the repository has them. */
export function tailKeeper(
  human: (line: string) => string | null,
  seen: { readonly checkout: string; readonly report: string },
  { secrets, places = [] }: Omit<Keeping, 'blobs'>,
): { add(line: string): void; text(): string } {
  let lines: string[] = [];
  const key = keyLines();
  return {
    add(line) {
      const kept = key(line);
      const shown = kept === null ? null : human(kept);
      if (shown === null) return;
      lines.push(shown.length > TAIL_BYTES ? redact(shown, secrets).slice(-TAIL_BYTES) : shown);
      if (lines.length > 2 * TAIL_LINES) lines = lines.slice(-TAIL_LINES);
    },
    text() {
      const text = clean(lines.slice(-TAIL_LINES).join('\n'))
        .replaceAll(`file://${seen.checkout}/`, '')
        .replaceAll(`${seen.checkout}/`, '')
        .replaceAll(seen.report, '$REPORT');
      return lastBytes(withWords(redact(text, secrets), places).trim(), TAIL_BYTES);
    },
  };
}

/** The last whole lines that fit; of a single longer line its end. */
function lastBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  let start = bytes.length - limit;
  // Not in the middle of a character.
  while (start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++;
  const cut = bytes.subarray(start).toString('utf8');
  const line = cut.indexOf('\n');
  return line < 0 || line === cut.length - 1 ? cut : cut.slice(line + 1);
}
