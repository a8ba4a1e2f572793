import type { Evidence } from './evidence.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { baselineRuns, type Baseline } from '../gates/baseline.ts';
import { isOfBase } from '../gates/cached.ts';
import type { AlteredTest, Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
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
  const silent = silentIn(run)(judged.report.tests.passed);
  // What could not be run or told shows nothing; tests that are planted are asked as well.
  if (silent === null) return { kind: 'none', runs: [run] };
  if (silent.length === 0) return { kind: 'caught', runs: [run] };
  const proofs = runsOn(state, gate, base);
  const proof = proofs.at(-1);
  if (!proof) return { kind: 'wanted', round: 1, onBase: true };
  if (isShort(proofs)) return { kind: 'wanted', round: nextRound(proofs), alone: true, onBase: true };
  const there = silentIn(proof)(listOf(baseline.expected)) ?? silent;
  const loose = silent.filter((each) => !there.some(({ file, name }) => file === each.file && name === each.name));
  return loose.length === 0
    ? { kind: 'caught', runs: [run, proof] }
    : { kind: 'missed', runs: [run, proof], verdict: notFailing(loose) };
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
 * any. Asked again after each event, of thousands of ids.
 */
const silentIn = remembered((run: Measurement) =>
  remembered((good: readonly string[]): readonly AlteredTest[] | null => {
    const { canary, outcome, report } = run;
    if (!canary?.altered || outcome.kind !== 'exited' || report.kind !== 'tests') return null;
    const counted = canary.altered.flatMap((test) => {
      const id = idOf(test, good);
      return id === null ? [] : [{ test, id }];
    });
    if (counted.length === 0) return null;
    const failed = new Set(outcome.code === 0 ? [] : report.tests.failed);
    return counted.filter(({ id }) => !failed.has(id)).map(({ test }) => test);
  }),
);

/** The id that a test goes by in a report; null where none or several could be meant. */
function idOf({ file, name }: AlteredTest, ids: readonly string[]): string | null {
  const named = ids.filter((id) => isNamed(id, name));
  if (named.length === 0) return null;
  // Where ids tell of this file, a test of the same name in another one is not meant: this one has parameters.
  const [id, ...others] = ids.some((each) => isIn(each, file)) ? named.filter((each) => isIn(each, file)) : named;
  return id === undefined || others.length > 0 ? null : id;
}

/** Runners write brackets after methods, and something before every name. */
function isNamed(id: string, name: string): boolean {
  const plain = id.replace(/\(\)$/, '');
  return plain === name || (plain.endsWith(name) && /[\s>:./#]$/.test(plain.slice(0, -name.length)));
}

const notFailing = (tests: readonly { readonly file: RepoPath; readonly name: string }[]): Verdict => ({
  kind: 'not_measured',
  code: 'E_CANARY_MISSED',
  detail: `tests pass whatever they expect: with another value in its place ${tests
    .slice(0, 3)
    .map(({ file, name }) => `'${name}' in ${file}`)
    .join(', ')} should fail, does at the base, and does not with this change`,
});
