import { isRecord } from '../../domain/record.ts';

/** Paths of all places where two JSON values differ, keys in order. */
export function differences(a: unknown, b: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (Array.isArray(a) && Array.isArray(b)) {
    return Array.from({ length: Math.max(a.length, b.length) }).flatMap((_, index) =>
      differences(a[index], b[index], [...path, String(index)]),
    );
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
    return keys.flatMap((key) => differences(own(a, key), own(b, key), [...path, key]));
  }
  return Object.is(a, b) ? [] : [path];
}

const own = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;
