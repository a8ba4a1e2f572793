import { isRecord } from '../../../domain/record.ts';
import { connect, type Socket } from 'node:net';
import { Server } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { CALL_BYTES, SOCKET } from './limits.ts';

/**
 * The server of the Model Context Protocol that an agent starts beside itself. It decides nothing: what it is asked goes to omk, over a
 * socket that dies with the turn.
 */
async function main(path: string): Promise<void> {
  const peer = await opened(path);
  const ask = asker(peer);
  const server = new Server({ name: 'omk', version: '1' }, { capabilities: { tools: {} } });
  server.setRequestHandler('tools/list', async () => {
    const { tools } = await ask({ list: true });
    return { tools: Array.isArray(tools) ? tools.filter(isTool) : [] };
  });
  server.setRequestHandler('tools/call', async ({ params }) => {
    const answer = await ask({ name: params.name, arguments: params.arguments ?? {} });
    const text = typeof answer['text'] === 'string' ? answer['text'] : 'omk does not answer any more';
    return { content: [{ type: 'text', text }], isError: answer['isTaken'] !== true };
  });
  await server.connect(new StdioServerTransport());
}

type Tool = { readonly name: string; readonly description: string; readonly inputSchema: { readonly type: 'object' } };

const isTool = (value: unknown): value is Tool =>
  isRecord(value) && typeof value['name'] === 'string' && isRecord(value['inputSchema']);

const opened = (path: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const peer = connect(path, () => resolve(peer));
    peer.once('error', reject);
  });

/** Sends a question and waits for the answer with its number. */
function asker(
  peer: Socket,
): (question: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>> {
  const waiting = new Map<number, (answer: Readonly<Record<string, unknown>>) => void>();
  let rest = '';
  const over = (): void => {
    for (const settle of waiting.values()) settle({});
    waiting.clear();
  };
  peer.setEncoding('utf8');
  peer.on('error', over).on('close', over);
  peer.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer: unknown = JSON.parse(line);
      if (!isRecord(answer)) continue;
      const id = Number(answer['id']);
      waiting.get(id)?.(answer);
      waiting.delete(id);
    }
  });
  let last = 0;
  return (question) => {
    const id = ++last;
    const line = JSON.stringify({ id, ...question });
    if (Buffer.byteLength(line) > CALL_BYTES)
      return Promise.resolve({ isTaken: false, text: `a call holds more than ${CALL_BYTES} bytes` });
    return new Promise((resolve) => {
      if (peer.destroyed) return resolve({});
      waiting.set(id, resolve);
      peer.write(`${line}\n`);
    });
  };
}

const path = process.env[SOCKET];
if (path === undefined) {
  process.stderr.write('omk starts this beside an agent; by itself it does nothing\n');
  process.exitCode = 2;
} else {
  main(path).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
