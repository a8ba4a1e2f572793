import type { TestOutcomes } from '../../../domain/gates/evidence.ts';
import { clean } from '../../../domain/text/clean.ts';
import type { ReadResult } from './port.ts';

export type Unreadable = Exclude<ReadResult, { readonly kind: 'tests' }>;

export type Outcome = 'passed' | 'failed' | 'skipped';

/** Collects outcomes in the order of the report. A repeated id gets ` #2`, ` #3`, …, so that a lost duplicate is noticed. */
export function collector(): {
  add(id: string, outcome: Outcome): void;
  /** A file or package that failed as a whole. */
  broken(path: string): void;
  result(): ReadResult;
} {
  const times = new Map<string, number>();
  const taken = new Set<string>();
  const broken = new Set<string>();
  const lists: Record<Outcome, string[]> = { passed: [], failed: [], skipped: [] };
  return {
    add(raw, outcome) {
      const id = cleanId(raw);
      let count = (times.get(id) ?? 0) + 1;
      let unique = count === 1 ? id : `${id} #${count}`;
      // A test may really be called `x #2`.
      while (taken.has(unique)) unique = `${id} #${++count}`;
      times.set(id, count);
      taken.add(unique);
      lists[outcome].push(unique);
    },
    broken(path) {
      broken.add(cleanId(path));
    },
    result() {
      const tests: TestOutcomes = {
        passed: lists.passed.sort(),
        failed: lists.failed.sort(),
        skipped: lists.skipped.sort(),
        ...(broken.size > 0 && { broken: [...broken].sort() }),
      };
      return { kind: 'tests', tests };
    },
  };
}

/** What several reports say together. A test that is in two of them counts twice; the first that cannot be read decides. */
export function together(results: readonly ReadResult[]): ReadResult {
  const tests = collector();
  for (const result of results) {
    if (result.kind !== 'tests') return result;
    for (const outcome of ['passed', 'failed', 'skipped'] as const)
      for (const id of result.tests[outcome]) tests.add(id, outcome);
    result.tests.broken?.forEach(tests.broken);
  }
  const all = tests.result();
  const reordered = results.length > 0 && results.every((each) => each.kind === 'tests' && each.reordered === true);
  return all.kind === 'tests' && reordered ? { ...all, reordered } : all;
}

export const invalidReport = (detail: string): Unreadable => ({ kind: 'unreadable', why: 'invalid', detail });

/** Names of tests are shown and logged: one line each, no control characters. */
const cleanId = (text: string): string => clean(text).replace(/\s+/g, ' ').trim();

/** A path as a report gives it, relative to the checkout where it lies inside. */
export const relativeTo = (root: string, path: string): string => {
  const plain = path.startsWith('file://') ? path.slice('file://'.length) : path;
  return plain.startsWith(`${root}/`) ? plain.slice(root.length + 1) : plain;
};
