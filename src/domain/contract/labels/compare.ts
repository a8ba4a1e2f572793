import type { TestChange } from './change.ts';
import type { RepoPath } from '../../ids.ts';
import { pair, type Placed } from './pair.ts';
import { holds } from './hold.ts';
import type { TestCase } from './test-case.ts';
import { keepsAssertions, sameAssertions, weakenings } from './weakenings.ts';

/** What became of each test, worst first: a pure function of both sides. `grown`: files that only gained lines. */
export function compare(
  base: readonly Placed[],
  candidate: readonly Placed[],
  grown: ReadonlySet<RepoPath> = new Set(),
): readonly TestChange[] {
  const { kept, renamed, removed, added } = pair(base, candidate);
  return worstFirst([
    ...kept.flatMap(([before, after]) => keptChange(before, after, grown.has(after.path))),
    ...renamed.map(([before, after]) => renamedChange(before, after)),
    ...removed.map(({ path, test }): TestChange => ({ kind: 'removed', path, test: test.id })),
    ...added.map(({ path, test }): TestChange => ({ kind: 'added', path, test: test.id })),
  ]);
}

function keptChange({ test: before }: Placed, { path, test: after }: Placed, isGrown: boolean): readonly TestChange[] {
  const reasons = weakenings(before, after);
  if (reasons.length > 0) return [{ kind: 'weakened', path, test: after.id, reasons }];
  if (before.marks.length > after.marks.length) return [{ kind: 'changed', path, test: after.id, why: 'unmarked' }];
  if (before.body === after.body) return [];
  return [{ kind: 'changed', path, test: after.id, why: whyOf(before, after, isGrown) }];
}

function whyOf(before: TestCase, after: TestCase, isGrown: boolean): 'more_steps' | 'other_steps' | 'other_assertions' {
  if (isGrown && keepsAssertions(before, after) && holds(after.body, before.body)) return 'more_steps';
  return sameAssertions(before, after) ? 'other_steps' : 'other_assertions';
}

function renamedChange(before: Placed, after: Placed): TestChange {
  const from = before.path === after.path ? before.test.id : `${before.path} > ${before.test.id}`;
  const { path, test } = after;
  const reasons = weakenings(before.test, test);
  return reasons.length > 0
    ? { kind: 'weakened', path, test: test.id, from, reasons }
    : { kind: 'renamed', path, test: test.id, from };
}

const ORDER: readonly TestChange['kind'][] = ['weakened', 'removed', 'changed', 'renamed', 'added'];

export const worstFirst = (changes: readonly TestChange[]): readonly TestChange[] =>
  changes.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
