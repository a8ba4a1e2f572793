import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One answer of the model. */
export type Answer =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly tool: string; readonly args: Readonly<Record<string, unknown>> }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'hang' };

export interface FakeModel {
  /** Base address of an OpenAI-compatible API, with `/v1`. */
  readonly url: string;
  close(): Promise<void>;
}

interface Message {
  readonly role: string;
  readonly content: string;
}

/**
 * A model on the loopback that answers from a script instead of thinking. `script` gets the messages since the last
 * prompt of the user and how many tool results are among them. Requests without tools (titles, summaries) are
 * answered with a word.
 */
export async function startFakeModel(
  script: (prompt: string, results: number, messages: readonly Message[]) => Answer,
): Promise<FakeModel> {
  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET')
      return json(response, 200, {
        object: 'list',
        data: [{ id: 'fake-model', object: 'model', created: 1, owned_by: 'fake' }],
      });
    const body = await readBody(request);
    const { messages, tools, stream } = parse(body);
    if (tools === 0) return send(response, { kind: 'say', text: 'title' }, stream);
    const from = messages.findLastIndex((message) => message.role === 'user' && !message.content.startsWith('<system'));
    const since = messages.slice(from);
    const results = since.filter((message) => message.role === 'tool').length;
    return send(response, script(since[0]?.content ?? '', results, since), stream);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const USAGE = {
  prompt_tokens: 1111,
  completion_tokens: 222,
  total_tokens: 1333,
  prompt_tokens_details: { cached_tokens: 333 },
  completion_tokens_details: { reasoning_tokens: 44 },
};

function send(response: ServerResponse, answer: Answer, stream: boolean): void {
  if (answer.kind === 'hang') return;
  if (answer.kind === 'status') {
    return json(response, answer.status, {
      error: { message: `scripted failure ${answer.status}`, type: 'scripted', param: null, code: null },
    });
  }
  const message =
    answer.kind === 'say'
      ? { role: 'assistant', content: answer.text }
      : {
          role: 'assistant',
          content: `I use ${answer.tool}.`,
          tool_calls: [
            {
              index: 0,
              id: `call_${crypto.randomUUID()}`,
              type: 'function',
              function: { name: answer.tool, arguments: JSON.stringify(answer.args) },
            },
          ],
        };
  const finish = answer.kind === 'say' ? 'stop' : 'tool_calls';
  const head = { id: 'chatcmpl-1', created: 1, model: 'fake-model' };
  if (!stream)
    return json(response, 200, {
      ...head,
      object: 'chat.completion',
      choices: [{ index: 0, message, finish_reason: finish }],
      usage: USAGE,
    });
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const event = (data: unknown): void =>
    void response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  event({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta: message, finish_reason: null }] });
  event({ ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  event({ ...head, object: 'chat.completion.chunk', choices: [], usage: USAGE });
  event('[DONE]');
  response.end();
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function parse(body: string): {
  readonly messages: readonly Message[];
  readonly tools: number;
  readonly stream: boolean;
} {
  const value: unknown = JSON.parse(body);
  const messages = list(field(value, 'messages')).map((message) => ({
    role: String(field(message, 'role')),
    content: plain(field(message, 'content')),
  }));
  return { messages, tools: list(field(value, 'tools')).length, stream: field(value, 'stream') === true };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const plain = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : list(content)
        .map((part) => String(field(part, 'text') ?? ''))
        .join('');
