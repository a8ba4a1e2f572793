import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns a text takes on a terminal: 2 for wide characters, 0 for what only changes its neighbour. */
export const width = (text: string): number => (isAscii(text) ? text.length : stringWidth(text));

/** At most `columns` wide; what is cut ends in `…`. Never splits a character. */
export function fit(text: string, columns: number): string {
  if (columns <= 0) return '';
  if (width(text) <= columns) return text;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    const more = width(segment);
    if (used + more > columns - 1) break;
    kept += segment;
    used += more;
  }
  return `${kept.trimEnd()}…`;
}

/** Exactly `columns` wide when the text is not wider. */
export const padEnd = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - width(text)));

const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);
