import type { Template } from './reader.ts';

/** The texts of files with each line in front of the last one that begins as it is to. */
export function withLines(lines: Template['lines'], read: (path: string) => string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { path, line, before } of lines) {
    const text = (texts.get(path) ?? read(path)).split('\n');
    const at = text.findLastIndex((each) => each.startsWith(before));
    if (at < 0) throw new Error(`${path} has no line that begins with ${before}`);
    texts.set(path, [...text.slice(0, at), line, ...text.slice(at)].join('\n'));
  }
  return texts;
}
