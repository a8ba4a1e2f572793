import type { RepoPath } from '../ids.ts';

/**
 * A path as git and the file system have it: bytes, written as a string with one character per byte.
 * Names need not be UTF-8, and equal strings are equal bytes; code unit order is git's order.
 */
export type RawPath = string;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
/** What stands for a byte in a `RepoPath`. */
const ESCAPE = /\\x([89A-F][0-9A-F]|5C)/g;

export function isAscii(raw: RawPath): boolean {
  for (let i = 0; i < raw.length; i++) if (raw.charCodeAt(i) > 0x7f) return false;
  return true;
}

const bytesOf = (raw: RawPath): Uint8Array => Uint8Array.from(raw, (byte) => byte.charCodeAt(0));

function rawOf(bytes: Uint8Array): RawPath {
  let raw = '';
  for (const byte of bytes) raw += String.fromCharCode(byte);
  return raw;
}

/** The text of a name, or null when its bytes are not UTF-8. */
export function decodeName(raw: RawPath): string | null {
  if (isAscii(raw)) return raw;
  try {
    return strict.decode(bytesOf(raw));
  } catch {
    return null;
  }
}

/**
 * A path as text, for the log, for people and for rules: its own text where it is UTF-8, else with `\xNN` for each byte that
 * is not ASCII. A backslash that would read as such an escape is `\x5C`, so that `toRaw` gives the same bytes back.
 */
export function toRepoPath(raw: RawPath): RepoPath {
  const plain = raw.includes('\\x') ? raw.replace(ESCAPE, '\\x5Cx$1') : raw;
  return decodeName(plain) ?? plain.replace(/[\u0080-\u00ff]/g, escaped);
}

const escaped = (byte: string): string => `\\x${byte.charCodeAt(0).toString(16).toUpperCase()}`;

export function toRaw(path: RepoPath): RawPath {
  const raw = isAscii(path) ? path : rawOf(encoder.encode(path));
  return raw.includes('\\x')
    ? raw.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : raw;
}
