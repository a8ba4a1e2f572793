import { isRecord } from '../../../domain/record.ts';

const PATH_KEY = new RegExp(
  String.raw`^(?:(?:file|target|source|destination|old|new|move|absolute|notebook|relative)?_?(?:path|` +
    String.raw`file|dir|directory)s?|filename|file_name|cwd|workdir|source|destination)$`,
  'iu',
);
const DEEPEST = 4;

/** Paths that a tool call names: its locations, its diffs, and what looks like a path in its input. */
export function namedPaths(toolCall: Readonly<Record<string, unknown>>): string[] {
  const paths: string[] = [];
  for (const location of list(toolCall['locations'])) push(paths, isRecord(location) ? location['path'] : null);
  for (const block of list(toolCall['content'])) {
    if (!isRecord(block)) continue;
    if (block['type'] === 'diff') push(paths, block['path']);
    // Some agents send the input only as text, before they ask.
    if (isRecord(block['content'])) inputPaths(fromText(block['content']['text']), paths, 0);
  }
  inputPaths(toolCall['rawInput'], paths, 0);
  return [...new Set(paths)];
}

function inputPaths(value: unknown, paths: string[], depth: number): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(value)) {
    for (const member of value) inputPaths(member, paths, depth + 1);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, member] of Object.entries(value)) {
    if (PATH_KEY.test(key)) for (const path of [member, ...list(member)]) push(paths, path);
    // A map from paths to changes.
    if (key === 'changes' && isRecord(member)) paths.push(...Object.keys(member));
    inputPaths(member, paths, depth + 1);
  }
}

const fromText = (text: unknown): unknown => {
  if (typeof text !== 'string' || !text.startsWith('{')) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const push = (paths: string[], path: unknown): void => {
  if (typeof path === 'string' && path !== '') paths.push(path);
};
