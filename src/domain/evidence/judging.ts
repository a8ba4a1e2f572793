import { holdsTestsInside } from '../contract/languages.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { AsksWhoRuns } from '../contract/asks-who-runs.ts';
import type { Evidence } from './evidence.ts';
import type { Examined } from '../contract/examined.ts';
import type { RepoPath } from '../ids.ts';
import { isTestName } from '../contract/classify.ts';
import { isStartedBy } from '../contract/started-by.ts';
import type { TestChange, TestChanges } from '../contract/labels/change.ts';

type Change = Examined['contractChanges'][number];

const CHANGE = { modified: 'edited', deleted: 'deleted', added: 'added' } as const;

/**
 * What a candidate changes of that which judges it: the tests and settings that were laid over, and files that no list of names knows,
 * but that the base's gates name or its reports show to hold tests. `isRed`: the contract is red, by whatever was laid over.
 */
export function judgingChanges(state: Evidence, examined: Examined, isRed = false): readonly Change[] {
  const known = new Set([
    ...examined.contractChanges.map(({ path }) => path),
    ...examined.extended,
    ...examined.policyPaths,
  ]);
  const silenced = new Set([...(examined.suppressions ?? []), ...rightInTests(examined)].map(({ path }) => path));
  const unknown = examined.changes
    .filter(
      ({ path, change }) =>
        !known.has(path) &&
        (silenced.has(path) || (change !== 'added' && (isNamed(state, path) || heldTests(state.measurements, path)))),
    )
    .map(({ path, change }): Change => ({ path, change: CHANGE[change] }));
  return [...(isRed ? examined.contractChanges : askedOf(examined)), ...unknown];
}

/** Lines of the product that say by themselves that it may be right in tests only. */
export const rightInTests = ({ asksWhoRuns = [] }: Examined): readonly AsksWhoRuns[] =>
  asksWhoRuns.filter(({ kind }) => kind !== 'process');

/** Of what was laid over, that which runs cannot settle: all in logs of before, and later tests that say something else now. */
const askedOf = ({ contractChanges, asks, tests }: Examined): readonly Change[] =>
  asks === undefined
    ? contractChanges
    : contractChanges.filter(({ path }) => asks.includes(path) && !asksNoLess(tests, path));

/** Changes that runs have settled: laid over, and neither green nor red because of it. */
export const settledChanges = (examined: Examined): readonly Change[] => {
  const asked = new Set(askedOf(examined).map(({ path }) => path));
  return examined.contractChanges.filter(({ path }) => !asked.has(path));
};

/** What tests may have become where none asks for less and nothing else that judges was opened; none: they may not be gone. */
export function namesOfTests(examined: Examined, runs: readonly Measurement[]): 'renamed' | 'renumbered' | 'none' {
  const settled = settledChanges(examined);
  const others = settled.map(({ path }) => path).filter((path) => !isTestName(path) && !holdsTestsInside(path));
  const opened = runs.findLast(({ purpose, tree }) => purpose === 'candidate' && tree === examined.candidate)?.opened;
  const isSettled =
    settled.length > others.length &&
    askedOf(examined).length === 0 &&
    (others.length === 0 || (opened !== undefined && !others.some((path) => opened.includes(path))));
  if (!isSettled) return 'none';
  const isOther = (each: TestChange): boolean => each.kind === 'changed' && each.why !== 'layout';
  return examined.tests?.changes.some(isOther) === true ? 'renumbered' : 'renamed';
}

/** Every test of the file is there with all that it asked for, maybe under another name, in another file, or with more. */
function asksNoLess(tests: TestChanges | undefined, path: RepoPath): boolean {
  if (tests === undefined || tests.more > 0) return false;
  const own = tests.changes.filter(
    (each) => each.path === path || (each.kind === 'renamed' && each.from.startsWith(`${path} > `)),
  );
  return own.length > 0 && own.every(isNoLess);
}

const isNoLess = (change: TestChange): boolean =>
  change.kind === 'renamed' ||
  change.kind === 'added' ||
  (change.kind === 'changed' && ['more_steps', 'more_outside', 'layout'].includes(change.why));

const isNamed = (state: Evidence, path: RepoPath): boolean =>
  (state.policy?.gates ?? []).some((gate) => isStartedBy(gate, path));

/** Ids of runners that count by file begin with the file. */
const heldTests = (measurements: readonly Measurement[], path: RepoPath): boolean =>
  measurements.some(
    ({ purpose, report }) =>
      purpose === 'baseline' &&
      report.kind === 'tests' &&
      [...report.tests.passed, ...report.tests.failed, ...report.tests.skipped].some(
        (id) => id.startsWith(`${path} > `) || id.startsWith(`${path}::`),
      ),
  );
