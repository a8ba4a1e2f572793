import type { Evidence } from './evidence.ts';
import type { TreeId } from '../ids.ts';
import { baselineRuns, isGood, type Baseline } from '../gates/baseline.ts';
import { isOfBase } from '../gates/cached.ts';
import type { AlteredTest, Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isNamed, tailOf } from '../gates/test-names.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { isShort, nextRound } from './settle-runs.ts';
import { isIn } from '../contract/test-file.ts';
import type { Verdict } from '../gates/verdict.ts';
import { remembered } from '../remembered.ts';

/** What tests of the base with another expectation show: they must fail where they pass as they are. */
export type AlteredState =
  /** `onBase`: what did not fail on the candidate is tried on the base, as only what fails there counts. */
  | { readonly kind: 'wanted'; readonly round: number; readonly alone?: true; readonly onBase?: true }
  | { readonly kind: 'caught' | 'none'; readonly runs: readonly Measurement[] }
  | { readonly kind: 'missed'; readonly runs: readonly Measurement[]; readonly verdict: Verdict };

export function alteredOf(state: Evidence, gate: GateSpec, baseline: Baseline, judged: Measurement): AlteredState {
  const base = state.created?.repository.tree;
  if (state.created?.options.altered !== true || base === undefined || gate.reader === 'exit_only') return NONE;
  if (judged.report.kind !== 'tests' || judged.tree === base || isOfBase(gate, judged)) return NONE;
  const runs = runsOn(state, gate, judged.tree);
  const run = runs.at(-1);
  if (!run) return { kind: 'wanted', round: 1 };
  if (isShort(runs)) return { kind: 'wanted', round: nextRound(runs), alone: true };
  const good = judged.report.tests.passed;
  const first = runs.find(({ outcome }) => outcome.kind !== 'out_of_memory') ?? run;
  const once = silentIn(first)(good);
  // What could not be run or told shows nothing; tests that are planted are asked as well.
  if (once === null) return { kind: 'none', runs: [run] };
  // The base says nothing of tests that are red there: they are asked again, with all that they expect.
  const isRed = ({ file, name }: AlteredTest): boolean =>
    !isAmong({ file, name }, goodAtBase(baseline)) && isAmong({ file, name }, good);
  if (once.some(isRed) && run === first) return { kind: 'wanted', round: nextRound(runs) };
  const again = run === first ? null : silentIn(run)(good);
  const silent = once.filter((test) => !isRed(test) || again === null || has(again, test));
  if (silent.length === 0) return { kind: 'caught', runs: [run] };
  const proofs = runsOn(state, gate, base);
  const proof = proofs.at(-1);
  if (!proof) return { kind: 'wanted', round: 1, onBase: true };
  if (isShort(proofs)) return { kind: 'wanted', round: nextRound(proofs), alone: true, onBase: true };
  const there = silentIn(proof)(listOf(baseline.expected)) ?? silent;
  const loose = silent.filter((each) => isRed(each) || !has(there, each));
  return loose.length === 0
    ? { kind: 'caught', runs: [run, proof] }
    : { kind: 'missed', runs: [run, proof], verdict: notFailing(loose, loose.every(isRed)) };
}

/** A test that fails can leave open what keeps its run from ending: it gets so much longer than the base took, and no more. */
export function alteredLimitMs(measurements: readonly Measurement[], gate: GateSpec, base: TreeId): number {
  const runs = baselineRuns(measurements, gate, base, 1);
  const took = Math.max(...runs.map(({ cached, durationMs }) => cached?.from.durationMs ?? durationMs));
  return 30_000 + 3 * took;
}

const NONE: AlteredState = { kind: 'none', runs: [] };

const runsOn = (state: Evidence, gate: GateSpec, tree: TreeId): readonly Measurement[] =>
  measuredOn(state.measurements, tree).filter((each) => each.gate === gate.id && each.purpose === 'altered');

const listOf = remembered((ids: ReadonlySet<string>): readonly string[] => [...ids]);

/**
 * Of the ids of tests that are good as they are, the tests that did not fail with another expectation; null where nothing can be told of
 * any. Where a test is run with the rows of a table, each must fail, by whatever name: the rows are others. Asked again after each
 * event, of thousands of ids.
 */
const silentIn = remembered((run: Measurement) =>
  remembered((good: readonly string[]): readonly AlteredTest[] | null => {
    const { canary, outcome, report } = run;
    if (!canary?.altered || outcome.kind !== 'exited' || report.kind !== 'tests') return null;
    const ids = (test: AlteredTest, of: readonly string[]): readonly string[] => idsOf(test, ofFile(test, good, of));
    const counted = canary.altered.filter((test) => ids(test, good).length > 0);
    if (counted.length === 0) return null;
    if (outcome.code === 0) return counted;
    const { passed, failed } = report.tests;
    return counted.filter((test) => ids(test, failed).length === 0 || ids(test, passed).length > 0);
  }),
);

const goodAtBase = remembered((baseline: Baseline): readonly string[] =>
  [...baseline.expected].filter((id) => isGood(baseline, id)),
);

const has = (tests: readonly AlteredTest[], { file, name }: AlteredTest): boolean =>
  tests.some((each) => each.file === file && each.name === name);

const isAmong = (test: AlteredTest, ids: readonly string[]): boolean => idsOf(test, ofFile(test, ids, ids)).length > 0;

/** Where ids tell of a file, a test of the same name in another one is not meant: this one has parameters. */
const ofFile = ({ file }: AlteredTest, ids: readonly string[], of: readonly string[]): readonly string[] =>
  ids.some((each) => isIn(each, file)) ? of.filter((each) => isIn(each, file)) : of;

/** The ids that a test goes by in a report, one for each row of its table; none where several tests could be meant. */
function idsOf({ name }: AlteredTest, ids: readonly string[]): readonly string[] {
  const named = ids.filter((id) => isNamed(id, name));
  const tests = new Set(named.map((id) => id.slice(0, id.length - tailOf(id, name))));
  return tests.size === 1 ? named : [];
}

const notFailing = (tests: readonly AlteredTest[], areRed: boolean): Verdict => ({
  kind: 'not_measured',
  code: 'E_CANARY_MISSED',
  detail: `tests pass whatever they expect: with another value in its place ${tests
    .slice(0, 3)
    .map(({ file, name }) => `'${name}' in ${file}`)
    .join(', ')} should fail${areRed ? '' : ', does at the base,'} and does not with this change`,
});
