import type { RepoPath } from '../../domain/ids.ts';

/**
 * A path as git and the file system have it: bytes, written as a string with one character per byte.
 * Names need not be UTF-8, and equal strings are equal bytes; code unit order is git's order.
 */
export type RawPath = string;

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function isAscii(raw: RawPath): boolean {
  for (let i = 0; i < raw.length; i++) if (raw.charCodeAt(i) > 0x7f) return false;
  return true;
}

export function toRaw(path: string): RawPath {
  return Buffer.from(path, 'utf8').toString('latin1');
}

export function rawBytes(raw: RawPath): Buffer {
  return Buffer.from(raw, 'latin1');
}

/** The text of a name, or null when its bytes are not UTF-8. */
export function decodeName(raw: RawPath): string | null {
  if (isAscii(raw)) return raw;
  try {
    return strict.decode(rawBytes(raw));
  } catch {
    return null;
  }
}

/** For people and the log: bytes that are not UTF-8 become `\xNN`. */
export function toRepoPath(raw: RawPath): RepoPath {
  return (
    decodeName(raw) ?? raw.replace(/[\u0080-\u00ff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase()}`)
  );
}

export function parentOf(raw: RawPath): RawPath {
  const slash = raw.lastIndexOf('/');
  return slash < 0 ? '' : raw.slice(0, slash);
}

/** `a`, `a/b`, `a/b/c` for `a/b/c`. */
export function prefixesOf(raw: RawPath): RawPath[] {
  const prefixes: RawPath[] = [];
  for (let at = raw.indexOf('/'); at >= 0; at = raw.indexOf('/', at + 1)) prefixes.push(raw.slice(0, at));
  prefixes.push(raw);
  return prefixes;
}

/** The shortest of `roots` that is `raw` or a folder above it. */
export function rootOf(raw: RawPath, roots: ReadonlySet<RawPath>): RawPath | null {
  if (roots.size === 0) return null;
  for (const prefix of prefixesOf(raw)) if (roots.has(prefix)) return prefix;
  return null;
}
