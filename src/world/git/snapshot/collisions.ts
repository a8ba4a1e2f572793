import { decodeName, isAscii, type RawPath } from '../../../domain/git/path-bytes.ts';
import { prefixesOf } from '../paths.ts';

/** Two spellings with one key are one file where case or Unicode form does not count. */
function foldName(path: RawPath): string {
  if (isAscii(path)) return path.toLowerCase();
  const text = decodeName(path) ?? path;
  return text.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

function spellings(paths: Iterable<RawPath>): Map<string, Set<RawPath>> {
  const byKey = new Map<string, Set<RawPath>>();
  const seen = new Set<RawPath>();
  for (const path of paths) {
    for (const prefix of prefixesOf(path)) {
      if (seen.has(prefix)) continue;
      seen.add(prefix);
      const key = foldName(prefix);
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, new Set([prefix]));
      else known.add(prefix);
    }
  }
  return byKey;
}

/**
 * New paths that differ from another path of the candidate only by case or Unicode form, with that other spelling.
 * What the base already has is the base's affair.
 */
export function findCollisions(
  fresh: readonly RawPath[],
  candidate: Iterable<RawPath>,
  base: Iterable<RawPath>,
): Map<RawPath, RawPath> {
  const found = new Map<RawPath, RawPath>();
  if (fresh.length === 0) return found;
  const all = spellings(candidate);
  const old = spellings(base);
  for (const path of fresh) {
    for (const prefix of prefixesOf(path)) {
      const key = foldName(prefix);
      const known = old.get(key);
      const other = [...(all.get(key) ?? [])].find(
        (one) => one !== prefix && !(known?.has(one) === true && known.has(prefix)),
      );
      if (other !== undefined) {
        found.set(path, other);
        break;
      }
    }
  }
  return found;
}
