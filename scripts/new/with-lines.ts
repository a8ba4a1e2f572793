import type { Template } from './template.ts';

/** The texts of files, each line in front of the last one that begins as it is to, each word in front of the last place of another. */
export function withLines(
  { lines, words = [] }: Pick<Template, 'lines' | 'words'>,
  read: (path: string) => string,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  const textOf = (path: string): string => texts.get(path) ?? read(path);
  for (const { path, line, before } of lines) {
    const text = textOf(path).split('\n');
    const at = text.findLastIndex((each) => each.startsWith(before));
    if (at < 0) throw new Error(`${path} has no line that begins with ${before}`);
    texts.set(path, [...text.slice(0, at), line, ...text.slice(at)].join('\n'));
  }
  for (const { path, word, before } of words) {
    const text = textOf(path);
    const at = text.lastIndexOf(before);
    if (at < 0) throw new Error(`${path} does not hold ${before}`);
    texts.set(path, text.slice(0, at) + word + text.slice(at));
  }
  return texts;
}
