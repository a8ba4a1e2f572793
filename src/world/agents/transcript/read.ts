import { isRecord } from '../../../domain/record.ts';
import { sortMessage, type Incoming } from '../acp/message.ts';
import type { Entry } from './entry.ts';
import { withUpdate } from './tool.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A recorded turn as people read it: from its prompt on, pieces of text joined, each tool call once, where it began. */
export function readTranscript(stream: string): readonly Entry[] {
  const reader = new Reader();
  for (const line of stream.split('\n')) {
    const entry = parsed(line);
    if (entry !== null) reader.read(entry);
  }
  return reader.entries;
}

class Reader {
  readonly entries: Entry[] = [];
  readonly #tools = new Map<string, number>();
  /** Questions by the id of the request, which the answer names. */
  readonly #asked = new Map<unknown, { readonly title: string; readonly options: ReadonlyMap<string, string> }>();
  #prompting = false;
  #promptId: unknown = null;

  read({ ms, dir, msg, raw, missing }: Fields): void {
    const at = typeof ms === 'number' ? ms : 0;
    if (typeof missing === 'number') this.entries.push({ ms: at, kind: 'missing', messages: missing });
    else if (typeof raw === 'string') this.#text(at, 'stray', `${raw}\n`);
    else if (dir === 'client->agent') this.#toAgent(at, msg);
    else if (this.#prompting) this.#fromAgent(at, sortMessage(msg));
  }

  #toAgent(ms: number, msg: unknown): void {
    if (!isRecord(msg)) return;
    const params = isRecord(msg['params']) ? msg['params'] : {};
    if (msg['method'] === 'session/prompt') {
      this.#prompting = true;
      this.#promptId = msg['id'];
      const blocks = Array.isArray(params['prompt']) ? params['prompt'].filter(isRecord) : [];
      this.entries.push({ ms, kind: 'prompt', text: blocks.map((block) => text(block['text'])).join('\n') });
    }
    if (msg['method'] === 'session/cancel')
      this.entries.push({ ms, kind: 'error', text: 'omk asked the agent to stop' });
    const asked = this.#asked.get(msg['id']);
    if (asked === undefined || 'method' in msg) return;
    this.#asked.delete(msg['id']);
    const result = isRecord(msg['result']) ? msg['result'] : {};
    const outcome = isRecord(result['outcome']) ? result['outcome'] : {};
    const option = text(outcome['optionId']);
    this.entries.push({
      ms,
      kind: 'permission',
      title: asked.title,
      answer: asked.options.get(option) || option || 'cancelled',
    });
  }

  #fromAgent(ms: number, message: Incoming): void {
    if (message.kind === 'request') return this.#request(ms, message);
    if (message.kind === 'notification' && message.method === 'session/update' && isRecord(message.params)) {
      const { update } = message.params;
      if (isRecord(update)) this.#update(ms, update);
    }
    if (message.kind !== 'result' && message.kind !== 'error') return;
    if (message.id !== this.#promptId) return;
    if (message.kind === 'error')
      this.entries.push({
        ms,
        kind: 'error',
        text: `${message.message} ${message.data === undefined ? '' : JSON.stringify(message.data)}`.trim(),
      });
    else if (isRecord(message.result))
      this.entries.push({ ms, kind: 'end', stopReason: text(message.result['stopReason']) });
  }

  #update(ms: number, update: Fields): void {
    const said = isRecord(update['content']) ? text(update['content']['text']) : '';
    switch (update['sessionUpdate']) {
      case 'agent_message_chunk':
        return this.#text(ms, 'says', said);
      case 'agent_thought_chunk':
        return this.#text(ms, 'thinks', said);
      case 'tool_call':
      case 'tool_call_update':
        return this.#tool(ms, update);
      case 'plan': {
        const list = Array.isArray(update['entries']) ? update['entries'].filter(isRecord) : [];
        const entries = list.map((each) => ({ text: text(each['content']), status: text(each['status']) }));
        return void this.entries.push({ ms, kind: 'plan', entries });
      }
    }
  }

  #tool(ms: number, update: Fields): void {
    const id = text(update['toolCallId']);
    const at = this.#tools.get(id);
    const before = at === undefined ? undefined : this.entries[at];
    const entry = withUpdate(before?.kind === 'tool' ? before : undefined, update);
    if (at === undefined) this.#tools.set(id, this.entries.push({ ms, ...entry }) - 1);
    else this.entries[at] = { ms: before?.ms ?? ms, ...entry };
  }

  #request(ms: number, { id, method, params }: Extract<Incoming, { kind: 'request' }>): void {
    const given = isRecord(params) ? params : {};
    if (method === 'session/request_permission') {
      const call = isRecord(given['toolCall']) ? given['toolCall'] : {};
      const options = Array.isArray(given['options']) ? given['options'].filter(isRecord) : [];
      this.#asked.set(id, {
        title: text(call['title']) || 'tool',
        options: new Map(options.map((option) => [text(option['optionId']), text(option['name'])])),
      });
    }
    const path = text(given['path']);
    if (method === 'fs/read_text_file') this.entries.push({ ms, kind: 'file', use: 'read', path, lines: null });
    if (method === 'fs/write_text_file')
      this.entries.push({ ms, kind: 'file', use: 'write', path, lines: text(given['content']).split('\n').length });
  }

  /** Pieces of one text, which nothing interrupts, are one entry. */
  #text(ms: number, kind: 'says' | 'thinks' | 'stray', piece: string): void {
    const last = this.entries.at(-1);
    if (piece === '') return;
    if (last?.kind === kind) this.entries[this.entries.length - 1] = { ...last, text: last.text + piece };
    else this.entries.push({ ms, kind, text: piece });
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function parsed(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
