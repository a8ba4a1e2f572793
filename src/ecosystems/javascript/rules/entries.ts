import { parse, same } from '../../../domain/contract/json-manifest.ts';
import { isRecord } from '../../../domain/record.ts';

/** What a package is loaded by. */
const LOADED_BY = ['main', 'module', 'exports'] as const;

/**
 * A manifest whose entries lead where those of the base do, as long as these files are there: tests that load the package by its name
 * would meet other code without a word of theirs. Null where they do. New entries, and those of files that are gone, are its own.
 */
export function keptEntries(base: string, candidate: string, isGone: (path: string) => boolean): string | null {
  const before = parse(base);
  const after = parse(candidate);
  if (!before || !after) return null;
  const kept = Object.fromEntries(
    LOADED_BY.filter((key) => key in after).map((key) => [key, keep(before[key], after[key], isGone)]),
  );
  const text = { ...after, ...kept };
  return same(text, after) ? null : `${JSON.stringify(text, null, 2)}\n`;
}

function keep(before: unknown, after: unknown, isGone: (path: string) => boolean): unknown {
  if (typeof before === 'string') return isGone(before.replace(/^\.\//, '')) ? after : before;
  if (!isRecord(before) || !isRecord(after)) return after;
  return Object.fromEntries(
    Object.entries(after).map(([key, value]) => [key, key in before ? keep(before[key], value, isGone) : value]),
  );
}
