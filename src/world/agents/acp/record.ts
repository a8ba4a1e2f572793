import { closeSync, openSync, writeSync } from 'node:fs';
import type { Mask } from './mask.ts';

type Direction = 'client->agent' | 'agent->client';

/** The raw stream of a turn, one `{ms, dir, msg}` a line; a line that was not JSON stands under `raw`. */
export interface Recording {
  message(dir: Direction, msg: unknown): void;
  raw(dir: Direction, line: string): void;
  close(): void;
}

const LONGEST_RAW = 64 * 1024;

/**
 * Records into `file` until `capBytes` are written; then only counts, and the last line says how many messages
 * are missing, so that a flood neither fills the disk nor passes for a whole recording.
 */
export function openRecording(file: string, mask: Mask, elapsedMs: () => number, capBytes: number): Recording {
  const fd = openSync(file, 'w', 0o600);
  let written = 0;
  let missing = 0;
  let broken = false;
  const put = (line: string): void => {
    if (broken) return;
    try {
      writeSync(fd, line);
    } catch {
      // A full disk must not end the turn before its processes are ended; the snapshot will meet it too.
      broken = true;
    }
  };
  const write = (dir: Direction, body: string): void => {
    const line = `{"ms":${Math.round(elapsedMs())},"dir":"${dir}",${body}}\n`;
    if (missing > 0 || written + line.length > capBytes) {
      missing += 1;
      return;
    }
    written += line.length;
    put(line);
  };
  return {
    message: (dir, msg) => write(dir, `"msg":${mask.json(msg)}`),
    raw: (dir, line) => write(dir, `"raw":${mask.json(line.slice(0, LONGEST_RAW))}`),
    close: () => {
      if (missing > 0) put(`{"ms":${Math.round(elapsedMs())},"dir":"note","missing":${missing}}\n`);
      closeSync(fd);
    },
  };
}
