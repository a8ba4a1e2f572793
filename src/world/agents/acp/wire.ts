import type { AnyMessage, Stream } from '@agentclientprotocol/sdk';
import type { Readable, Writable } from 'node:stream';
import { readFrame } from './frame.ts';
import { readLines } from './lines.ts';
import { sortMessage, type Incoming } from './message.ts';
import type { Recording } from './record.ts';

/** How many of the agent's requests may be open; above it nothing more is read, so that a flood waits instead of filling memory. */
const OPEN_REQUESTS = 64;

export interface Wire {
  /** For the protocol library: requests of the agent and answers to what omk asked. */
  readonly stream: Stream;
  /**
   * Reads until the agent's output ends, and leaves the stream open then: whether the agent died or only fell
   * silent is told elsewhere. Rejects when it sends a line over the limit.
   */
  pump(): Promise<void>;
}

export interface WireOptions {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly recording: Recording;
  /** Every message of the agent that is JSON-RPC, before it is handled. */
  readonly onMessage: (message: Incoming) => void;
  /** Output that is no message. */
  readonly onStray?: (text: string) => void;
}

/**
 * The two pipes of an agent as a stream of messages. Notifications do not go to the library: it drops kinds it
 * does not know. Nor do answers nobody asked for: it would print them.
 */
export function openWire(options: WireOptions): Wire {
  const { stdin, stdout, recording } = options;
  const asked = new Set<string | number | null>();
  const open = new Set<string | number | null>();
  let roomMade: (() => void) | null = null;
  const out = Promise.withResolvers<ReadableStreamDefaultController<AnyMessage>>();
  let listening = true;
  const readable = new ReadableStream<AnyMessage>({
    start: (controller) => out.resolve(controller),
    cancel: () => {
      listening = false;
    },
  });
  const writable = new WritableStream<AnyMessage>({
    write: async (message) => {
      recording.message('client->agent', message);
      if ('method' in message && 'id' in message) asked.add(message.id);
      await send(stdin, `${JSON.stringify(message)}\n`);
      if (!('method' in message)) open.delete(message.id);
      roomMade?.();
    },
  });
  const room = async (): Promise<void> => {
    while (open.size >= OPEN_REQUESTS) await new Promise<void>((resolve) => (roomMade = resolve));
  };
  const pump = async (): Promise<void> => {
    const controller = await out.promise;
    for await (const line of readLines(stdout)) {
      if (line === '') continue;
      const { value, stray } = readFrame(line);
      if (stray !== '') {
        recording.raw('agent->client', stray);
        options.onStray?.(stray);
      }
      if (value === undefined) continue;
      recording.message('agent->client', value);
      const message = sortMessage(value);
      if (message.kind !== 'other') options.onMessage(message);
      const forward = toLibrary(message, asked);
      if (forward === null || !listening) continue;
      if (message.kind === 'request') open.add(message.id);
      controller.enqueue(forward);
      await room();
    }
  };
  return { stream: { readable, writable }, pump };
}

function toLibrary(message: Incoming, asked: Set<string | number | null>): AnyMessage | null {
  if (message.kind === 'request')
    return { jsonrpc: '2.0', id: message.id, method: message.method, params: message.params };
  if (message.kind !== 'result' && message.kind !== 'error') return null;
  if (!asked.delete(message.id)) return null;
  if (message.kind === 'result') return { jsonrpc: '2.0', id: message.id, result: message.result };
  return {
    jsonrpc: '2.0',
    id: message.id,
    error: { code: message.code, message: message.message, data: message.data },
  };
}

/** Resolves once the pipe has taken it, or when the agent is gone: that is told by its exit, not here. */
const send = (stdin: Writable, line: string): Promise<void> =>
  new Promise((resolve) => {
    if (stdin.destroyed || stdin.writableEnded) return resolve();
    stdin.once('close', resolve);
    stdin.write(line, () => {
      stdin.off('close', resolve);
      resolve();
    });
  });
