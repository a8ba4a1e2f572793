import { canonical } from '../../domain/canonical.ts';
import { clean } from '../../domain/text/clean.ts';

/** A file of readable JSON: keys sorted, two spaces, a newline at the end. One value, one text. */
export const jsonFile = (value: unknown): string => `${JSON.stringify(JSON.parse(canonical(value)), null, 2)}\n`;

/** Text on one line, without control characters, so that no title can look like a heading of its own. */
export const oneLine = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();

/** Text of any length as a Markdown quotation: whatever it says, it stays inside. */
export const quote = (text: string): string =>
  clean(text)
    .trimEnd()
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');

/** Inline code, whatever backticks the text has. */
export function code(text: string): string {
  const line = oneLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** An argv as one could type it in a shell. */
export const commandLine = (argv: readonly string[]): string =>
  argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');

/** A Markdown list, or one line that says why there is none. */
export const list = (items: readonly string[], none: string): string =>
  items.length === 0 ? none : items.map((item) => `- ${item}`).join('\n');

/** A Markdown file from its blocks. */
export const page = (...blocks: readonly string[]): string => `${blocks.join('\n\n')}\n`;
