import type { RawPath } from '../../domain/git/path-bytes.ts';

export function rawBytes(raw: RawPath): Buffer {
  return Buffer.from(raw, 'latin1');
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
