import { eastAsianWidth } from 'get-east-asian-width';

/** One column each, as every terminal draws them: enough for most of what omk prints. */
const NARROW = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u25b8\u2713\u2717]*$/;

/**
 * Made when they are first needed: they cost as much as the rest of a short command. That is also why
 * `string-width` is only in the tests.
 */
const wide = once(() => ({
  segmenter: new Intl.Segmenter('en', { granularity: 'grapheme' }),
  nothing: /^[\p{Default_Ignorable_Code_Point}\p{Control}\p{Nonspacing_Mark}\p{Enclosing_Mark}]+$/v,
  emoji: /^\p{RGI_Emoji}|^\p{RI}|\p{Extended_Pictographic}\P{Extended_Pictographic}+\p{Extended_Pictographic}|\ufe0f/v,
}));

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

const graphemes = (text: string): readonly string[] =>
  [...wide().segmenter.segment(text)].map(({ segment }) => segment);

/** Columns a text takes on a terminal: 2 for wide characters, 0 for what only changes its neighbour. Never less than it takes. */
export function width(text: string): number {
  if (NARROW.test(text)) return text.length;
  return graphemes(text).reduce((sum, grapheme) => sum + widthOf(grapheme), 0);
}

function widthOf(grapheme: string): number {
  const { nothing, emoji } = wide();
  if (nothing.test(grapheme)) return 0;
  if (emoji.test(grapheme)) return 2;
  return Array.from(grapheme).reduce(
    (sum, point) => sum + (nothing.test(point) ? 0 : eastAsianWidth(point.codePointAt(0) ?? 0)),
    0,
  );
}

/** At most `columns` wide; what is cut ends in `…`. Never splits a character. */
export function fit(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (NARROW.test(text)) return text.length <= columns ? text : `${text.slice(0, columns - 1).trimEnd()}…`;
  if (width(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const grapheme of graphemes(text)) {
    used += widthOf(grapheme);
    if (used > columns - 1) break;
    kept += grapheme;
  }
  return `${kept.trimEnd()}…`;
}

/** Exactly `columns` wide when the text is not wider. */
export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));
