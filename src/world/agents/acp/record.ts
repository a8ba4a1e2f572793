import { isRecord } from '../../../domain/record.ts';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { PieceMask } from '../../../domain/text/pieces.ts';
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
  let said: Said | null = null;
  /** What a chunk ended with and was held back, as a chunk of its own. */
  const endText = (): void => {
    const rest = said?.pieces.end() ?? '';
    if (said !== null && rest !== '') write(said.dir, `"msg":${mask.json(said.chunk.withText(rest))}`);
    said = null;
  };
  return {
    message: (dir, msg) => {
      const chunk = chunkOf(msg);
      if (said !== null && (chunk === null || said.chunk.stream !== chunk.stream || said.dir !== dir)) endText();
      if (chunk === null) return write(dir, `"msg":${mask.json(msg)}`);
      said = { dir, chunk, pieces: said?.pieces ?? mask.pieces() };
      write(dir, `"msg":${mask.json(chunk.withText(said.pieces.push(chunk.text)))}`);
    },
    raw: (dir, line) => {
      endText();
      write(dir, `"raw":${mask.json(line.slice(0, LONGEST_RAW))}`);
    },
    close: () => {
      endText();
      if (missing > 0) put(`{"ms":${Math.round(elapsedMs())},"dir":"note","missing":${missing}}\n`);
      closeSync(fd);
    },
  };
}

interface Chunk {
  /** Chunks of one stream make one text. */
  readonly stream: string;
  readonly text: string;
  withText(text: string): unknown;
}

interface Said {
  readonly dir: Direction;
  /** The last one. */
  readonly chunk: Chunk;
  readonly pieces: PieceMask;
}

/** A `session/update` that brings the next piece of a text; null for any other message. */
function chunkOf(msg: unknown): Chunk | null {
  const params = isRecord(msg) ? msg['params'] : null;
  const update = isRecord(params) ? params['update'] : null;
  const content = isRecord(update) ? update['content'] : null;
  if (!isRecord(msg) || !isRecord(params) || !isRecord(update) || !isRecord(content)) return null;
  const [kind, text] = [update['sessionUpdate'], content['text']];
  if (typeof kind !== 'string' || !kind.endsWith('_chunk') || typeof text !== 'string') return null;
  return {
    stream: `${String(params['sessionId'])} ${kind}`,
    text,
    withText: (masked) => ({
      ...msg,
      params: { ...params, update: { ...update, content: { ...content, text: masked } } },
    }),
  };
}
