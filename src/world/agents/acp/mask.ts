import { maskPieces, type PieceMask } from '../../../domain/text/pieces.ts';
import { redact } from '../../../domain/text/redact.ts';
import { withWords, type Standing } from '../../../domain/text/standing.ts';

export interface Mask {
  text(text: string): string;
  /** For a text that comes in pieces. */
  pieces(): PieceMask;
  /** The value as JSON text, every string in it masked. */
  json(value: unknown): string;
}

/** Masks the given secret values, what is shaped like a secret (trust rule T16), and the paths of this machine. */
export function maskFor(secrets: readonly string[], places: readonly Standing[] = []): Mask {
  const escaped = secrets.map((value) => JSON.stringify(value).slice(1, -1));
  const known = [...new Set([...secrets, ...escaped])];
  const text = (plain: string): string => withWords(redact(plain, known), places);
  const deep = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(deep);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), deep(member)]));
  };
  return {
    text,
    pieces: () => maskPieces(text, known, places),
    json: (value) => {
      const plain = JSON.stringify(value);
      // Masking the text could cut an escape in two, so it only tells whether there is something to mask.
      const isPlain = text(plain) === plain && !places.some(({ path }) => plain.includes(path));
      return isPlain ? plain : JSON.stringify(deep(value));
    },
  };
}
