import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { BlobRef } from '../../../domain/ids.ts';
import { clean } from '../../../domain/text/clean.ts';
import { redact } from '../../../domain/text/redact.ts';
import type { PutBlob } from '../port.ts';

/** What is kept of one stream of a gate, in bytes. */
export const OUTPUT_CAP = 8 * 1024 * 1024;
const TAIL_BYTES = 4096;
const TAIL_LINES = 400;

/** Removes secrets of well-known shapes from bytes of any encoding. */
export const redactBytes = (content: Buffer): Buffer => {
  // One character for each byte, so that what is not a secret stays as it is.
  const text = content.toString('latin1');
  const redacted = redact(text, []);
  return redacted === text ? content : Buffer.from(redacted, 'latin1');
};

/** Stores an output file without secrets; longer ones keep their head and tail. `cut`: the file itself is not complete. */
export async function storeOutput(blobs: PutBlob, path: string, cut: boolean): Promise<BlobRef> {
  const content = await readFileIfAny(path);
  if (content.length <= OUTPUT_CAP) return blobs.putBlob(redactBytes(content), cut);
  const half = OUTPUT_CAP / 2;
  const middle = Buffer.from(`\n… ${content.length - OUTPUT_CAP} bytes left out …\n`);
  return blobs.putBlob(redactBytes(Buffer.concat([content.subarray(0, half), middle, content.subarray(-half)])), true);
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
): { add(line: string): void; text(): string } {
  let lines: string[] = [];
  return {
    add(line) {
      const shown = human(line);
      if (shown === null) return;
      lines.push(shown.length > TAIL_BYTES ? shown.slice(-TAIL_BYTES) : shown);
      if (lines.length > 2 * TAIL_LINES) lines = lines.slice(-TAIL_LINES);
    },
    text() {
      const text = clean(lines.slice(-TAIL_LINES).join('\n'))
        .replaceAll(`file://${seen.checkout}/`, '')
        .replaceAll(`${seen.checkout}/`, '')
        .replaceAll(seen.report, '$REPORT');
      return lastBytes(redact(text, []).trim(), TAIL_BYTES);
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
