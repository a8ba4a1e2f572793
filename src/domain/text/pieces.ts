import type { Standing } from './standing.ts';
import { mayBegin, SECRET_SHAPES, SHORTEST_VALUE } from '../secrets/shapes.ts';

const BEGINS = SECRET_SHAPES.flatMap(({ begins }) => begins);
/** The first line of a key, whole or as far as it came, without the last line. */
const OPEN_KEY =
  /-----BEGIN [A-Z0-9 ]{0,40}(?:-{0,5}$|PRIVATE KEY(?: BLOCK)?-----(?![\s\S]*-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----))/;
/** The letters of an escape are no letters of a word, so it is not cut in two. */
const OPEN_ESCAPE = /(?:\\(?:u[0-9a-fA-F]{0,3})?|\[[0-9;]{0,12})$/;
/** More than this is not held back, in characters. */
const LONGEST_HELD = 16 * 1024;

export interface PieceMask {
  /** What may be shown now: masked, without an end that could be the beginning of a secret. */
  push(piece: string): string;
  /** The rest, masked. What comes after it is a new text. */
  end(): string;
}

/**
 * Masks a text that comes in pieces, so that a secret split between two of them is still one (trust rule T16).
 * All that `push` and `end` return is what `mask` would make of the whole text.
 */
export function maskPieces(
  mask: (text: string) => string,
  values: readonly string[],
  places: readonly Standing[] = [],
): PieceMask {
  // What follows a path says whether it is that path.
  const paths = places.map(({ path }) => `${path}.\0`);
  const known = [...values.filter((value) => value.length >= SHORTEST_VALUE), ...paths];
  let held = '';
  return {
    push(piece) {
      held += piece;
      const from = heldFrom(held, known);
      const ready = mask(held.slice(0, from));
      held = held.slice(from);
      if (held.length <= LONGEST_HELD) return ready;
      // Of a key without an end nothing is shown but that it began.
      const key = OPEN_KEY.exec(held);
      if (key) {
        held = `${key[0]}\n`;
        return ready;
      }
      const rest = mask(held);
      held = '';
      return ready + rest;
    },
    end() {
      const rest = mask(held);
      held = '';
      return rest;
    },
  };
}

/** Where something begins that could still become a secret; the length of the text when nothing could. */
function heldFrom(text: string, known: readonly string[]): number {
  const starts = [text.length, OPEN_KEY.exec(text)?.index ?? text.length, OPEN_ESCAPE.exec(text)?.index ?? text.length];
  const word = Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n'), text.lastIndexOf('\t')) + 1;
  for (const begin of BEGINS) {
    const fits = begin.startsWith('-') ? () => true : (at: number) => mayBegin(text, at);
    for (let at = text.indexOf(begin, word); at >= 0; at = text.indexOf(begin, at + 1)) if (fits(at)) starts.push(at);
    starts.push(beginningAt(text, begin, fits));
  }
  for (const value of known) starts.push(beginningAt(text, value, () => true));
  const first = Math.min(...starts);
  return uncut(text, text[first - 1] === '\\' ? first - 1 : first, known);
}

/** The end of a whole secret can look like the beginning of another one: what is there is not cut in two. */
function uncut(text: string, at: number, known: readonly string[]): number {
  const around = known.flatMap((value) => {
    const from = text.lastIndexOf(value, at - 1);
    return from >= 0 && from < at && from + value.length > at ? [from] : [];
  });
  const first = Math.min(at, ...around, OPEN_KEY.exec(text.slice(0, at))?.index ?? at);
  return first === at ? at : uncut(text, first, known);
}

/** Where the longest end of `text` stands that is a beginning of `value`, but not all of it; the length of the text without one. */
function beginningAt(text: string, value: string, fits: (at: number) => boolean): number {
  for (let at = Math.max(0, text.length - value.length + 1); at < text.length; at++)
    if (text[at] === value[0] && fits(at) && value.startsWith(text.slice(at))) return at;
  return text.length;
}
