import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bug } from './entry.ts';

/** The file with its bug, or an error that says why the coordinates do not fit. */
export function withBug(text: string, { file, line, swap: [right, wrong] }: Bug): string {
  const lines = text.split('\n');
  const at = lines[line - 1];
  if (at === undefined || !at.includes(right))
    throw new Error(`${file}:${line} has no ${right}: wild/list.json is out of date`);
  return lines
    .with(
      line - 1,
      at.replace(right, () => wrong),
    )
    .join('\n');
}

const STATEMENT =
  /^[ \t]+(?![ \t]|\/\/|\*|#)(?:(?:const|let|var|return|final|auto|\$?[\w.[\]]+ (?::?=|\+=)) ?.*[^,({[\\&|:=+?-]|.*;)$/;
const indent = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';

/**
 * The same file with blank lines between statements: formatters of every language leave them as they are. Null where no place is
 * found.
 */
export function reformatted(text: string): string | null {
  const lines = text.split('\n');
  const out = lines.flatMap((line, at) => {
    const next = lines[at + 1] ?? '';
    const fits = STATEMENT.test(line) && STATEMENT.test(next) && indent(line) === indent(next);
    return fits ? [line, ''] : [line];
  });
  if (out.length > lines.length) return out.join('\n');
  const blank = lines.indexOf('');
  return blank === -1 || blank === lines.length - 1 ? null : lines.toSpliced(blank, 0, '').join('\n');
}

export const readIn = (checkout: string, path: string): string => readFileSync(join(checkout, path), 'utf8');
