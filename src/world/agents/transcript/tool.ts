import { isRecord } from '../../../domain/record.ts';
import type { Diff, ToolEntry } from './entry.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A tool call with one more update: what is sent replaces what was there, the rest stays. */
export function withUpdate(before: ToolEntry | undefined, update: Fields): ToolEntry {
  const blocks = Array.isArray(update['content']) ? update['content'].filter(isRecord) : null;
  const diffs = blocks?.flatMap(diffOf) ?? [];
  return {
    kind: 'tool',
    id: text(update['toolCallId']),
    title: text(update['title']) || (before?.title ?? 'tool'),
    status: text(update['status']) || (before?.status ?? 'pending'),
    input: inputOf(update['rawInput']) || (before?.input ?? ''),
    output: (blocks ?? []).flatMap(textOf).join('\n') || outputOf(update['rawOutput']) || (before?.output ?? ''),
    diffs: diffs.length > 0 ? diffs : (before?.diffs ?? []),
  };
}

const diffOf = (block: Fields): Diff[] =>
  block['type'] === 'diff' && typeof block['path'] === 'string'
    ? [
        {
          path: block['path'],
          before: typeof block['oldText'] === 'string' ? block['oldText'] : null,
          after: text(block['newText']),
        },
      ]
    : [];

const textOf = (block: Fields): string[] => {
  const { content } = block;
  return block['type'] === 'content' && isRecord(content) && typeof content['text'] === 'string'
    ? [content['text']]
    : [];
};

/** A command is its own text; anything else is JSON. */
function inputOf(input: unknown): string {
  if (!isRecord(input) || Object.keys(input).length === 0) return '';
  const { command } = input;
  if (Array.isArray(command)) return command.map(String).join(' ');
  return typeof command === 'string' ? command : JSON.stringify(input);
}

function outputOf(output: unknown): string {
  if (typeof output === 'string') return output;
  const said = isRecord(output) ? (output['output'] ?? output['stdout']) : null;
  return typeof said === 'string' ? said : '';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
