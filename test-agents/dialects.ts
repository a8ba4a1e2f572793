import type { ServerResponse } from 'node:http';

/** What the model answers: a sentence, or a command for the agent's shell. */
export type Said =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'shell'; readonly command: string };

interface Asked {
  /** The last prompt of the user. */
  readonly prompt: string;
  /** How many tool results came since. */
  readonly results: number;
  /** The agent's shell: its name, and the name of its argument; null for requests without tools, such as titles. */
  readonly shell: { readonly name: string; readonly argument: string; readonly list: boolean } | null;
}

/** How one provider writes requests and streams answers. */
export interface Dialect {
  readonly path: RegExp;
  read(body: unknown): Asked;
  send(response: ServerResponse, said: Said, shell: Asked['shell']): void;
}

const SHELLS: readonly string[] = ['Bash', 'bash', 'shell', 'run_shell_command', 'shell_command', 'exec_command'];

const field = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce((at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined), value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** The parts of a message: agents put reminders of their own beside what the user said. */
const textsOf = (content: unknown): readonly string[] =>
  typeof content === 'string' ? [content] : list(content).map((part) => String(field(part, 'text') ?? ''));

/** Turns of a conversation in any dialect: what a user said, and results of tools. */
type Turn = { readonly user: string } | 'result' | 'other';

function asked(turns: readonly Turn[], tools: readonly { readonly name: unknown; readonly schema: unknown }[]): Asked {
  const said = (turn: Turn): string => (typeof turn === 'object' ? turn.user : '');
  // What begins with a tag are reminders of the agent, but for what codex passes on from a stop hook.
  const isSaid = (text: string): boolean => text !== '' && (!text.startsWith('<') || text.startsWith('<hook_prompt'));
  const from = turns.findLastIndex((turn) => isSaid(said(turn)));
  const tool = tools.find(({ name }) => SHELLS.includes(String(name)));
  const properties = Object.entries(field(tool?.schema, 'properties') ?? {});
  const argument = properties.find(([name]) => ['command', 'cmd'].includes(name));
  return {
    prompt: from === -1 ? '' : said(turns[from] ?? 'other'),
    results: turns.slice(from).filter((turn) => turn === 'result').length,
    shell: tool
      ? {
          name: String(tool.name),
          argument: argument?.[0] ?? 'command',
          list: field(argument?.[1], 'type') === 'array',
        }
      : null,
  };
}

const argumentsOf = (command: string, shell: Asked['shell']): Record<string, unknown> => ({
  [shell?.argument ?? 'command']: shell?.list ? ['bash', '-c', command] : command,
  ...(shell?.name === 'run_shell_command' ? { description: 'scripted', is_background: false } : {}),
});

function stream(response: ServerResponse): (data: unknown, event?: string) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  return (data, event) =>
    void response.write(
      `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
    );
}

const id = (): string => `call_${crypto.randomUUID().slice(0, 8)}`;

const chat: Dialect = {
  path: /\/chat\/completions$/u,
  read: (body) =>
    asked(
      list(field(body, 'messages')).flatMap((message): readonly Turn[] => {
        const role = field(message, 'role');
        if (role !== 'user') return [role === 'tool' ? 'result' : 'other'];
        return textsOf(field(message, 'content')).map((user) => ({ user }));
      }),
      list(field(body, 'tools')).map((tool) => ({
        name: field(tool, 'function', 'name'),
        schema: field(tool, 'function', 'parameters'),
      })),
    ),
  send: (response, said, shell) => {
    const event = stream(response);
    const chunk = (choices: unknown, usage?: unknown): void =>
      event({
        id: 'c',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'fake-model',
        choices,
        ...(usage ? { usage } : {}),
      });
    const delta =
      said.kind === 'say'
        ? { role: 'assistant', content: said.text }
        : {
            role: 'assistant',
            tool_calls: [
              {
                index: 0,
                id: id(),
                type: 'function',
                function: { name: shell?.name, arguments: JSON.stringify(argumentsOf(said.command, shell)) },
              },
            ],
          };
    chunk([{ index: 0, delta, finish_reason: null }]);
    chunk([{ index: 0, delta: {}, finish_reason: said.kind === 'say' ? 'stop' : 'tool_calls' }]);
    chunk([], { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 });
    event('[DONE]');
    response.end();
  },
};

const responses: Dialect = {
  path: /\/responses$/u,
  read: (body) =>
    asked(
      list(field(body, 'input')).flatMap((item): readonly Turn[] => {
        if (/_output$/u.test(String(field(item, 'type')))) return ['result'];
        return field(item, 'role') === 'user' ? textsOf(field(item, 'content')).map((user) => ({ user })) : ['other'];
      }),
      list(field(body, 'tools')).map((tool) => ({ name: field(tool, 'name'), schema: field(tool, 'parameters') })),
    ),
  send: (response, said, shell) => {
    const event = stream(response);
    const item =
      said.kind === 'say'
        ? {
            type: 'message',
            id: 'm',
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: said.text, annotations: [] }],
          }
        : {
            type: 'function_call',
            id: 'f',
            call_id: id(),
            name: shell?.name,
            arguments: JSON.stringify(argumentsOf(said.command, shell)),
            status: 'completed',
          };
    const whole = {
      id: 'r',
      object: 'response',
      created_at: 1,
      model: 'fake-model',
      status: 'completed',
      output: [item],
    };
    const usage = { input_tokens: 1000, output_tokens: 200, total_tokens: 1200 };
    const send = (type: string, data: object): void => event({ type, ...data }, type);
    send('response.created', { response: { ...whole, status: 'in_progress', output: [] } });
    send('response.output_item.added', { output_index: 0, item });
    send('response.output_item.done', { output_index: 0, item });
    send('response.completed', { response: { ...whole, usage } });
    response.end();
  },
};

const anthropic: Dialect = {
  path: /\/messages$/u,
  read: (body) =>
    asked(
      list(field(body, 'messages')).flatMap((message): Turn[] => {
        const content = field(message, 'content');
        if (field(message, 'role') !== 'user') return ['other'];
        if (typeof content === 'string') return [{ user: content }];
        return list(content).map((part): Turn =>
          field(part, 'type') === 'tool_result' ? 'result' : { user: String(field(part, 'text') ?? '') },
        );
      }),
      list(field(body, 'tools')).map((tool) => ({ name: field(tool, 'name'), schema: field(tool, 'input_schema') })),
    ),
  send: (response, said, shell) => {
    const event = stream(response);
    const send = (type: string, data: object): void => event({ type, ...data }, type);
    const usage = { input_tokens: 1000, output_tokens: 200 };
    const message = {
      // claude puts messages with one id together.
      id: id(),
      type: 'message',
      role: 'assistant',
      model: 'fake-model',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage,
    };
    const block =
      said.kind === 'say' ? { type: 'text', text: '' } : { type: 'tool_use', id: id(), name: shell?.name, input: {} };
    const delta =
      said.kind === 'say'
        ? { type: 'text_delta', text: said.text }
        : { type: 'input_json_delta', partial_json: JSON.stringify(argumentsOf(said.command, shell)) };
    send('message_start', { message });
    send('content_block_start', { index: 0, content_block: block });
    send('content_block_delta', { index: 0, delta });
    send('content_block_stop', { index: 0 });
    send('message_delta', {
      delta: { stop_reason: said.kind === 'say' ? 'end_turn' : 'tool_use', stop_sequence: null },
      usage,
    });
    send('message_stop', {});
    response.end();
  },
};

const gemini: Dialect = {
  path: /[gG]enerateContent$/u,
  read: (body) =>
    asked(
      list(field(body, 'contents')).flatMap((content): Turn[] =>
        list(field(content, 'parts')).map((part): Turn => {
          if (field(part, 'functionResponse') !== undefined) return 'result';
          return field(content, 'role') === 'user' ? { user: String(field(part, 'text') ?? '') } : 'other';
        }),
      ),
      list(field(body, 'tools'))
        .flatMap((tool) => list(field(tool, 'functionDeclarations')))
        .map((tool) => ({
          name: field(tool, 'name'),
          schema: field(tool, 'parametersJsonSchema') ?? field(tool, 'parameters'),
        })),
    ),
  send: (response, said, shell) => {
    const part =
      said.kind === 'say'
        ? { text: said.text }
        : { functionCall: { id: id(), name: shell?.name, args: argumentsOf(said.command, shell) } };
    stream(response)({
      candidates: [{ index: 0, content: { role: 'model', parts: [part] }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 200, totalTokenCount: 1200 },
      modelVersion: 'fake-model',
    });
    response.end();
  },
};

export const DIALECTS: readonly Dialect[] = [chat, responses, anthropic, gemini];
