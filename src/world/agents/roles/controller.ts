import { isRecord } from '../../../domain/record.ts';
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CALL_BYTES, CALLS } from './limits.ts';
import type { AnswerTool, HandedCall, ToolAnswer, ToolSpec } from '../port.ts';

/** Longest path of a socket that every system takes. */
const LONGEST_PATH = 100;

export interface Controller {
  /** The folder with the socket, which the sandbox shows. */
  readonly folder: string;
  readonly socket: string;
  /** The last call of each tool, in the order of their names' first calls. */
  readonly handed: () => readonly HandedCall[];
  /** Ends the socket with whoever still speaks on it. */
  readonly close: () => Promise<void>;
}

/**
 * The end of a session's tools that the agent cannot reach: one socket for each turn, gone with it. Whatever lives in the sandbox may
 * speak on it, so names, sizes and counts are looked at here for each call. Null where no path is short enough.
 */
export async function openController(tools: readonly ToolSpec[], answer: AnswerTool): Promise<Controller | null> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'omk-')));
  const socket = join(folder, 'tools');
  if (Buffer.byteLength(socket) > LONGEST_PATH) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  chmodSync(folder, 0o700);
  const open = new Set<Socket>();
  const handed = new Map<string, string>();
  let calls = 0;
  const call = async (name: string, given: string): Promise<ToolAnswer> => {
    calls += 1;
    if (calls > CALLS) return refused(`no more than ${CALLS} calls are taken in a turn`);
    if (!tools.some((tool) => tool.name === name)) return refused(`there is no tool '${name}' for this session`);
    handed.set(name, given);
    return answer(name, given);
  };
  const server = createServer((peer) => {
    open.add(peer);
    peer.on('error', () => undefined).on('close', () => open.delete(peer));
    readLines(peer, async (line) => {
      const asked = line === null ? null : parsed(line);
      if (!isRecord(asked)) {
        peer.end(said(0, refused(line === null ? `a call holds more than ${CALL_BYTES} bytes` : 'this is no call')));
        return;
      }
      const id = Number(asked['id']);
      peer.write(
        asked['list'] === true
          ? `${JSON.stringify({ id, tools })}\n`
          : said(id, await call(String(asked['name']), JSON.stringify(asked['arguments'] ?? {}))),
      );
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve));
  return {
    folder,
    socket,
    handed: () => [...handed].map(([name, given]) => ({ name, given })),
    close: async () => {
      for (const peer of open) peer.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const refused = (text: string): ToolAnswer => ({ isTaken: false, text });

const said = (id: number, answer: ToolAnswer): string => `${JSON.stringify({ id, ...answer })}\n`;

/** Each line in its turn; null for one that is too long, after which nothing more is read. */
function readLines(peer: Socket, take: (line: string | null) => Promise<void> | void): void {
  let rest = Buffer.alloc(0);
  let last: Promise<void> = Promise.resolve();
  const next = (line: string | null): void => {
    last = last.then(() => take(line)).catch(() => void peer.destroy());
  };
  peer.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0 && end <= CALL_BYTES; end = rest.indexOf(10)) {
      next(rest.subarray(0, end).toString('utf8'));
      rest = rest.subarray(end + 1);
    }
    if (rest.length <= CALL_BYTES) return;
    peer.removeAllListeners('data').resume();
    next(null);
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
