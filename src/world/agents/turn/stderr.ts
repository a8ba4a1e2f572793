import { closeSync, openSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { cleanLine } from '../../../domain/text/clean.ts';
import { keyLines } from '../../../domain/text/key-lines.ts';
import { splitLines } from '../../process/lines.ts';
import type { Mask } from '../acp/mask.ts';

const CAP_BYTES = 16 * 1024 * 1024;
const TAIL_LINES = 8;

export interface Stderr {
  /** The last lines, for a sentence. */
  tail(): string;
  close(): void;
}

/** Keeps an agent's standard error in `file`, masked, up to a cap, and its last lines in memory. */
export function keepStderr(input: Readable, file: string, mask: Mask): Stderr {
  const fd = openSync(file, 'w', 0o600);
  const last: string[] = [];
  let written = 0;
  let open = true;
  const key = keyLines();
  const splitter = splitLines((line) => {
    const kept = key(line);
    if (kept === null) return;
    const masked = mask.text(kept);
    last.push(cleanLine(masked, 300));
    if (last.length > TAIL_LINES) last.shift();
    if (!open || written > CAP_BYTES) return;
    written += Buffer.byteLength(masked) + 1;
    try {
      writeSync(fd, written > CAP_BYTES ? '[more was left out]\n' : `${masked}\n`);
    } catch {
      // A full disk must not end the turn before its processes are ended.
    }
  });
  input.on('data', (chunk: Buffer) => splitter.write(chunk));
  input.on('error', () => undefined);
  return {
    tail: () => last.filter((line) => line !== '').join(' | '),
    close: () => {
      splitter.end();
      open = false;
      closeSync(fd);
    },
  };
}
