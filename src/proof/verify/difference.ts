import { isRecord } from '../format/json.ts';

/** Path of the first place where two JSON values differ, keys in order; null when they are equal. */
export function difference(a: unknown, b: unknown, path: readonly string[] = []): readonly string[] | null {
  if (Array.isArray(a) && Array.isArray(b)) {
    return first(Array.from({ length: Math.max(a.length, b.length) }, (_, index) => String(index)), (key) =>
      difference(a[Number(key)], b[Number(key)], [...path, key]),
    );
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return first(keys, (key) => difference(own(a, key), own(b, key), [...path, key]));
  }
  return Object.is(a, b) ? null : path;
}

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined);

function first(keys: readonly string[], find: (key: string) => readonly string[] | null): readonly string[] | null {
  for (const key of keys) {
    const found = find(key);
    if (found) return found;
  }
  return null;
}
