import { holdsTestsInside } from '../contract/languages.ts';
import { classify } from '../contract/classify.ts';
import type { GateRun } from '../evidence/assess.ts';
import { baselineOf, type Baseline } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isPlain } from '../evidence/settle-runs.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import { isIn } from '../contract/test-file.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { countsTests, isOfBase, lastRun, outcomes, wantedRun } from '../own-tests/runs.ts';

/** What the tests of a given change show of it, by the ids of tests that pass with it. */
export interface Shown {
  /** Red without the change: on the base as it is, or where the tests of the change are laid over it. */
  readonly fixes: readonly string[];
  /** Those that the base does not have and that are red when the change is taken back. */
  readonly guards: readonly string[];
  /** Those of both that the change added, or may have edited. */
  readonly byAuthor: readonly string[];
  /** New tests that are green without the change, or without what it does: they show nothing. */
  readonly silent: readonly string[];
  /** Those of them that do not load without the change, and pass where its functions do nothing. */
  readonly idle: readonly string[];
  /** New tests that do not run without the change, so that nothing is known of them. */
  readonly unseen: readonly string[];
  /** Fixes by the author of the change that pass where its functions do nothing: they may ask only whether something is there. */
  readonly shallow: readonly string[];
  /** Fixes by the author of the change that do not run where its functions do nothing, so that nothing more is known of them. */
  readonly untried: readonly string[];
  /** The change has functions that can be emptied. Where it has none, a test that is red without it counts as a guard. */
  readonly emptied: boolean;
}

export type Evidence =
  /** Not yet judged as it is delivered, or no change that is given. */
  | { readonly kind: 'none' }
  | { readonly kind: 'needs_hollow' }
  | { readonly kind: 'needs'; readonly runs: readonly GateRun[] }
  | ({ readonly kind: 'shown' } & Shown);

/** The tests of one gate that pass with the change and decide. */
interface Passed {
  readonly gate: GateSpec;
  readonly baseline: Baseline;
  readonly ids: readonly string[];
  readonly added: readonly string[];
}

/** What a given change shows of itself: its tests with its code, on the base's code, and with functions that do nothing. */
export function assessEvidence(state: GoalState, candidate: TreeId): Evidence {
  const examined = state.examined.get(candidate);
  if (!state.created?.given || !examined) return { kind: 'none' };
  const passed = (state.policy?.gates ?? []).filter(countsTests).flatMap((gate) => passedIn(state, gate, candidate));
  if (passed.length === 0) return NOTHING_SHOWN;
  if (!bringsTests(examined, passed)) return shownBy({ examined, passed, onBase: () => NOTHING });
  const hollowed = state.hollowed.get(candidate);
  if (!hollowed) return { kind: 'needs_hollow' };
  // Nothing but tests: they were run on the base's code already.
  if (hollowed.tree === null) return shownBy({ examined, passed, onBase: ({ ids }) => ({ failed: [], passed: ids }) });
  const base = state.created.repository.tree;
  const takenBack = hollowed.how === 'taken_back' ? hollowed.tree : (hollowed.takenBack ?? null);
  const emptied = hollowed.how === 'emptied' ? hollowed.tree : null;
  const back = takenBack === base ? null : takenBack;
  const over = (tree: TreeId | null, gate: GateSpec) => (tree === null ? undefined : lastRun(state, gate, tree));
  const onBase = (each: Passed): Outcomes => outcomes(over(back, each.gate), each.ids);
  const first = back === null ? [] : passed.flatMap(({ gate }) => wantedRun(state, gate, back));
  if (first.length > 0) return { kind: 'needs', runs: first };
  const asked = passed.filter(
    (each) =>
      unseenIn(each, onBase(each)).length > 0 ||
      (hollowed.asksRed === true && redByAuthor(examined, each, onBase(each)).length > 0),
  );
  const second = emptied === null ? [] : asked.flatMap(({ gate }) => wantedRun(state, gate, emptied));
  if (second.length > 0) return { kind: 'needs', runs: second };
  if (emptied === null) return shownBy({ examined, passed, onBase });
  const hollow = (each: Passed): Outcomes => outcomes(over(emptied, each.gate), each.ids);
  return shownBy({ examined, passed, onBase, hollow: { of: hollow, asksRed: hollowed.asksRed === true } });
}

type Examined = DataOf<'candidate.examined'>;
type Outcomes = ReturnType<typeof outcomes>;
const NOTHING: Outcomes = { failed: [], passed: [] };
const NOTHING_SHOWN: Evidence = {
  kind: 'shown',
  fixes: [],
  guards: [],
  byAuthor: [],
  silent: [],
  idle: [],
  unseen: [],
  shallow: [],
  untried: [],
  emptied: false,
};

function passedIn(state: GoalState, gate: GateSpec, candidate: TreeId): readonly Passed[] {
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  const run = state.measurements.findLast((each) => each.gate === gate.id && each.tree === candidate && isPlain(each));
  if (!baseline || run?.report.kind !== 'tests') return [];
  const ids = run.report.tests.passed.filter((id) => !baseline.unstable.has(id));
  return [{ gate, baseline, ids, added: ids.filter((id) => !isOfBase(baseline, id)) }];
}

/** Some languages have tests among the product. */
const isTestFile = (path: RepoPath, mode: string): boolean => classify(path, mode) === 'test' || holdsTestsInside(path);

const bringsTests = ({ changes, extended }: Examined, passed: readonly Passed[]): boolean =>
  extended.length > 0 ||
  passed.some(({ added }) => added.length > 0) ||
  changes.some(({ path, newMode, change }) => change !== 'deleted' && isTestFile(path, newMode));

const unseenIn = ({ added }: Passed, { failed, passed }: Outcomes): readonly string[] => {
  const seen = new Set([...failed, ...passed]);
  return added.filter((id) => !seen.has(id));
};

/** Tests of the base that the change may have edited: those in edited files, or all where ids name no files. */
function editedBy({ changes }: Pick<Examined, 'changes'>, ids: readonly string[]): (id: string) => boolean {
  const edited = changes.filter(({ path, newMode, change }) => change === 'modified' && isTestFile(path, newMode));
  if (edited.length === 0) return () => false;
  const isInOne = (id: string): boolean => edited.some(({ path }) => isIn(id, path));
  return ids.some(isInOne) ? isInOne : () => true;
}

/** Sources whose tests are as they were do not count here. */
function writtenBy(examined: Examined, { ids, added }: Passed): (id: string) => boolean {
  const touched = new Set([...examined.extended, ...examined.contractChanges.map(({ path }) => path)]);
  const changes = examined.changes.filter(
    ({ path, newMode }) => classify(path, newMode) === 'test' || touched.has(path),
  );
  const isEdited = editedBy({ changes }, ids);
  return (id) => added.includes(id) || isEdited(id);
}

/** Red without the change and green with it: on the base as it is, or where the tests of the change are laid over it. */
function fixesIn(examined: Examined, { baseline, ids, added }: Passed, { failed }: Outcomes): readonly string[] {
  const red = new Set(failed);
  const news = new Set(added);
  const isEdited = editedBy(examined, ids);
  return ids.filter((id) => baseline.failing.has(id) || (red.has(id) && (news.has(id) || isEdited(id))));
}

const redByAuthor = (examined: Examined, each: Passed, back: Outcomes): readonly string[] =>
  fixesIn(examined, each, back).filter(writtenBy(examined, each));

interface Runs {
  readonly examined: Examined;
  readonly passed: readonly Passed[];
  readonly onBase: (of: Passed) => Outcomes;
  /** Where the functions of the change do nothing; absent: none could be emptied, or nothing asked for it. */
  readonly hollow?: { readonly of: (of: Passed) => Outcomes; readonly asksRed: boolean };
}

function shownBy({ examined, passed: all, onBase, hollow }: Runs): Evidence {
  const found = all.map((each): Omit<Shown, 'emptied'> => {
    const back = onBase(each);
    const without = hollow?.of(each) ?? NOTHING;
    const mute = new Set(unseenIn(each, back));
    const red = new Set(back.failed);
    const added = new Set(each.added);
    const noticed = new Set(without.failed);
    const fixes = fixesIn(examined, each, back);
    const tried = hollow?.asksRed === true ? redByAuthor(examined, each, back) : [];
    const quiet = new Set(tried.filter((id) => !noticed.has(id)));
    const idle = without.passed.filter((id) => mute.has(id));
    const guards = each.added.filter((id) => (red.has(id) && !quiet.has(id)) || (mute.has(id) && noticed.has(id)));
    return {
      fixes,
      guards,
      byAuthor: [...fixes, ...guards].filter(writtenBy(examined, each)),
      silent: [...back.passed.filter((id) => added.has(id)), ...idle],
      idle,
      unseen: unseenIn(each, without).filter((id) => mute.has(id)),
      shallow: without.passed.filter((id) => quiet.has(id)),
      untried: [...quiet].filter((id) => !without.passed.includes(id)),
    };
  });
  const every = (of: (shown: Omit<Shown, 'emptied'>) => readonly string[]): readonly string[] =>
    [...new Set(found.flatMap(of))].sort();
  return {
    kind: 'shown',
    fixes: every(({ fixes }) => fixes),
    guards: every(({ guards }) => guards),
    byAuthor: every(({ byAuthor }) => byAuthor),
    silent: every(({ silent }) => silent),
    idle: every(({ idle }) => idle),
    unseen: every(({ unseen }) => unseen),
    shallow: every(({ shallow }) => shallow),
    untried: every(({ untried }) => untried),
    emptied: hollow !== undefined,
  };
}
