import type { ManifestReader } from './plan.ts';

/** A base tree given as files, as planners see it. */
export function readerOf(files: Readonly<Record<string, string>>, tree = 'tree'): ManifestReader {
  const entries = Object.entries(files).map(([path, text]) => ({ path, mode: '100644', id: `id of ${text}` }));
  const text = async (path: string): Promise<string | null> => files[path] ?? null;
  return { trust: 'base', base: { tree, entries, text }, entries, text };
}
