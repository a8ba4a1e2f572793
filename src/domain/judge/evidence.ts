import { classify } from '../contract/classify.ts';
import type { GateRun } from '../gates/assess.ts';
import { baselineOf, type Baseline } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isPlain } from '../gates/settle-runs.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import { isIn } from '../gates/test-file.ts';
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
  if (passed.length === 0)
    return { kind: 'shown', fixes: [], guards: [], byAuthor: [], silent: [], idle: [], unseen: [] };
  if (!bringsTests(examined, passed))
    return shownBy(
      examined,
      passed,
      () => NOTHING,
      () => NOTHING,
    );
  const hollowed = state.hollowed.get(candidate);
  if (!hollowed) return { kind: 'needs_hollow' };
  // Nothing but tests: they were run on the base's code already.
  if (hollowed.tree === null)
    return shownBy(
      examined,
      passed,
      ({ ids }) => ({ failed: [], passed: ids }),
      () => NOTHING,
    );
  const base = state.created.repository.tree;
  const takenBack = hollowed.how === 'taken_back' ? hollowed.tree : (hollowed.takenBack ?? null);
  const emptied = hollowed.how === 'emptied' ? hollowed.tree : null;
  const back = takenBack === base ? null : takenBack;
  const over = (tree: TreeId | null, gate: GateSpec) => (tree === null ? undefined : lastRun(state, gate, tree));
  const onBase = (each: Passed): Outcomes => outcomes(over(back, each.gate), each.ids);
  const without = (each: Passed): Outcomes => outcomes(over(emptied, each.gate), each.added);
  const first = back === null ? [] : passed.flatMap(({ gate }) => wantedRun(state, gate, back));
  if (first.length > 0) return { kind: 'needs', runs: first };
  const mute = passed.filter((each) => unseenIn(each, onBase(each)).length > 0);
  const second = emptied === null ? [] : mute.flatMap(({ gate }) => wantedRun(state, gate, emptied));
  return second.length > 0 ? { kind: 'needs', runs: second } : shownBy(examined, passed, onBase, without);
}

type Examined = DataOf<'candidate.examined'>;
type Outcomes = ReturnType<typeof outcomes>;
const NOTHING: Outcomes = { failed: [], passed: [] };

function passedIn(state: GoalState, gate: GateSpec, candidate: TreeId): readonly Passed[] {
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  const run = state.measurements.findLast((each) => each.gate === gate.id && each.tree === candidate && isPlain(each));
  if (!baseline || run?.report.kind !== 'tests') return [];
  const ids = run.report.tests.passed.filter((id) => !baseline.unstable.has(id));
  return [{ gate, baseline, ids, added: ids.filter((id) => !isOfBase(baseline, id)) }];
}

/** Sources of Rust hold tests too. */
const isTestFile = (path: RepoPath, mode: string): boolean => classify(path, mode) === 'test' || path.endsWith('.rs');

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

function shownBy(
  examined: Examined,
  all: readonly Passed[],
  onBase: (of: Passed) => Outcomes,
  without: (of: Passed) => Outcomes,
): Evidence {
  const found = all.map((each): Shown => {
    const back = onBase(each);
    const hollow = without(each);
    const mute = new Set(unseenIn(each, back));
    const red = new Set(back.failed);
    const added = new Set(each.added);
    const isEdited = editedBy(examined, each.ids);
    const noticed = hollow.failed.filter((id) => mute.has(id));
    const fixes = each.ids.filter(
      (id) => each.baseline.failing.has(id) || (red.has(id) && (added.has(id) || isEdited(id))),
    );
    const idle = hollow.passed.filter((id) => mute.has(id));
    const guards = each.added.filter((id) => red.has(id) || noticed.includes(id));
    return {
      fixes,
      guards,
      byAuthor: [...fixes, ...guards].filter(writtenBy(examined, each)),
      silent: [...back.passed.filter((id) => added.has(id)), ...idle],
      idle,
      unseen: unseenIn(each, hollow).filter((id) => mute.has(id)),
    };
  });
  const every = (of: (shown: Shown) => readonly string[]): readonly string[] => [...new Set(found.flatMap(of))].sort();
  return {
    kind: 'shown',
    fixes: every(({ fixes }) => fixes),
    guards: every(({ guards }) => guards),
    byAuthor: every(({ byAuthor }) => byAuthor),
    silent: every(({ silent }) => silent),
    idle: every(({ idle }) => idle),
    unseen: every(({ unseen }) => unseen),
  };
}
