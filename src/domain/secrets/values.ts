import { SHORTEST_VALUE } from './shapes.ts';

/** Words that say something and hide nothing: to mask them everywhere would hide what happened. */
const PLAIN =
  /^(?:[a-z]+|[a-z]+:\/\/(?:localhost|127\.0\.0\.1)[:/\w.-]*|(?:localhost|127\.0\.0\.1):\d+|\d{1,9}|\/[\w./-]*)$/;
/** From this length on a word of a file without names and values counts. */
const LONG = 20;
const MOST = 500;
const ASSIGNED = /^[ \t]*(?:export[ \t]+)?[\w.-]+[ \t]*[=:][ \t]*(.+?)[ \t\r]*$/gm;

/** What must not be shown of a file that is kept out of git: the values of `NAME=value` lines, and long words of other files. */
export function valuesIn(text: string): readonly string[] {
  const assigned = [...text.matchAll(ASSIGNED)].map(([, value = '']) => value.replace(/^(["'`])(.*)\1[,;]?$/, '$2'));
  const passwords = assigned.flatMap((value) => /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^/@]+)@/iu.exec(value)?.[1] ?? []);
  const words = (text.replace(ASSIGNED, '').match(/[^\s"'`<>()[\]{},;]+/g) ?? []).filter(
    (word) => word.length >= LONG && !word.startsWith('-----'),
  );
  const found = [...new Set([...assigned, ...passwords, ...words])];
  return found.filter((value) => value.length >= SHORTEST_VALUE && !PLAIN.test(value)).slice(0, MOST);
}
