import type { Weakening } from './change.ts';
import type { Assertion, Strength, TestCase } from './test-case.ts';

const RANK: Readonly<Record<Strength, number>> = { exact: 3, partial: 2, loose: 1, vacuous: 0 };

/** In which ways a test asks for less than it did; empty: in none that its source shows. */
export function weakenings(base: TestCase, candidate: TestCase): readonly Weakening[] {
  const marks = candidate.marks.filter((mark) => !base.marks.includes(mark)).map((kind): Weakening => ({ kind }));
  return [...ofAssertions(base.assertions, candidate.assertions), ...fewerCases(base.cases, candidate.cases), ...marks];
}

export const sameAssertions = (base: TestCase, candidate: TestCase): boolean => {
  const { lost, gained } = compare(base.assertions, candidate.assertions);
  return lost.length === 0 && gained.length === 0;
};

/** Whether every assertion of the base is there as it was. */
export const keepsAssertions = (base: TestCase, candidate: TestCase): boolean =>
  compare(base.assertions, candidate.assertions).lost.length === 0;

function ofAssertions(base: readonly Assertion[], candidate: readonly Assertion[]): readonly Weakening[] {
  const { guarded, ...open } = compare(base, candidate);
  const numbers = pairUp(open.lost, open.gained, (each) => each.shape);
  const names = pairUp(numbers.lost, numbers.gained, (each) => `${each.name} ${each.strength}`);
  const rest = { lost: byStrength(names.lost), gained: byStrength(names.gained) };
  const swapped = rest.lost.flatMap((before, index) => {
    const after = rest.gained[index];
    return after ? [[before, after] as const] : [];
  });
  const fewer = rest.lost.slice(swapped.length).filter(({ strength }) => strength !== 'vacuous').length;
  const found: Weakening[] = [];
  if (fewer > 0) found.push({ kind: 'fewer_assertions', by: fewer });
  for (const [before, after] of swapped)
    if (RANK[after.strength] < RANK[before.strength])
      found.push({ kind: 'looser_assertion', from: before.name, to: after.name });
  for (const [before, after] of numbers.pairs) found.push(...lowered(before, after));
  const now =
    guarded +
    [...numbers.pairs, ...names.pairs, ...swapped].filter(([before, after]) => after.guards > before.guards).length;
  if (now > 0) found.push({ kind: 'guarded_assertion', by: now });
  return found;
}

interface Open {
  readonly lost: readonly Assertion[];
  readonly gained: readonly Assertion[];
}

/** What is on one side only, and how many of those on both are behind more guards than before. */
function compare(base: readonly Assertion[], candidate: readonly Assertion[]): Open & { readonly guarded: number } {
  const { pairs, ...open } = pairUp(byGuards(base), byGuards(candidate), (each) => each.text);
  return { ...open, guarded: pairs.filter(([before, after]) => after.guards > before.guards).length };
}

function pairUp(
  base: readonly Assertion[],
  candidate: readonly Assertion[],
  key: (assertion: Assertion) => string,
): Open & { readonly pairs: readonly (readonly [Assertion, Assertion])[] } {
  const waiting = Map.groupBy(base.toReversed(), key);
  const pairs: (readonly [Assertion, Assertion])[] = [];
  const gained: Assertion[] = [];
  for (const after of candidate) {
    const before = waiting.get(key(after))?.pop();
    if (before) pairs.push([before, after]);
    else gained.push(after);
  }
  const left = new Set([...waiting.values()].flat());
  return { pairs, lost: base.filter((each) => left.has(each)), gained };
}

/** Numbers that differ in an assertion that is the same otherwise, where the new one is easier to meet. */
const lowered = (before: Assertion, after: Assertion): readonly Weakening[] =>
  before.bounds.flatMap((bound, index): readonly Weakening[] => {
    const now = after.bounds[index];
    const easier =
      now && (bound.kind === 'min' ? now.value < bound.value : bound.kind === 'max' && now.value > bound.value);
    return easier ? [{ kind: 'lowered_threshold', from: String(bound.value), to: String(now.value) }] : [];
  });

function fewerCases(base: number | null, candidate: number | null): readonly Weakening[] {
  const by = base === null ? 0 : base - (candidate ?? 1);
  return by > 0 ? [{ kind: 'fewer_cases', by }] : [];
}

const byStrength = (list: readonly Assertion[]): readonly Assertion[] =>
  list.toSorted((a, b) => RANK[b.strength] - RANK[a.strength]);
const byGuards = (list: readonly Assertion[]): readonly Assertion[] => list.toSorted((a, b) => a.guards - b.guards);
