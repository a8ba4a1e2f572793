import type { GateRun } from '../evidence/assess.ts';
import { baselineOf, type Baseline } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isPlain, isShort, nextRound } from '../evidence/settle-runs.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { TreeId } from '../ids.ts';

export const countsTests = (gate: GateSpec): boolean =>
  gate.kind === 'test' && !gate.skip && gate.reader !== 'exit_only';

/** The last run of a gate on the tree as it is. */
export const plainRun = (state: Evidence, gate: GateSpec, tree: TreeId): Measurement | undefined =>
  state.measurements.findLast((each) => each.gate === gate.id && each.tree === tree && isPlain(each));

/** Tests that the base did not have in any outcome, and that pass as delivered. */
export function addedIn(state: Evidence, gate: GateSpec, candidate: TreeId): readonly string[] {
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  const run = plainRun(state, gate, candidate);
  if (!baseline || run?.report.kind !== 'tests') return [];
  return run.report.tests.passed.filter((id) => !isOfBase(baseline, id));
}

/** Every test that a gate reports of the candidate as delivered, and files that failed as a whole. */
export function reportedIn(state: Evidence, gate: GateSpec, candidate: TreeId): readonly string[] {
  const run = plainRun(state, gate, candidate);
  if (run?.report.kind !== 'tests') return [];
  const { passed, failed, skipped, broken = [] } = run.report.tests;
  return [...passed, ...failed, ...skipped, ...broken];
}

/** The base has the test, with whatever outcome. */
export const isOfBase = ({ expected, failing, unstable }: Baseline, id: string): boolean =>
  expected.has(id) || failing.has(id) || unstable.has(id);

const hollowRuns = (state: Evidence, gate: GateSpec, tree: TreeId): readonly Measurement[] =>
  state.measurements.filter(
    (each) => each.gate === gate.id && (each.purpose === 'hollow' || each.purpose === 'reversal') && each.tree === tree,
  );

export const lastRun = (state: Evidence, gate: GateSpec, tree: TreeId): Measurement | undefined =>
  hollowRuns(state, gate, tree).at(-1);

/** The run of a gate on a tree without the change that is still to be made; one that ended for want of memory is tried again alone. */
export function wantedRun(state: Evidence, gate: GateSpec, tree: TreeId): readonly GateRun[] {
  const runs = hollowRuns(state, gate, tree);
  const run: GateRun = { gate: gate.id, purpose: 'hollow', round: 1, tree, canaryBase: null };
  if (runs.length === 0) return [run];
  return isShort(runs) ? [{ ...run, round: nextRound(runs), alone: true }] : [];
}

export function outcomes(
  run: Measurement | undefined,
  ids: readonly string[],
): { readonly failed: readonly string[]; readonly passed: readonly string[] } {
  const tests = run?.report.kind === 'tests' ? run.report.tests : { failed: [], passed: [] };
  const failed = new Set(tests.failed);
  const passed = new Set(tests.passed);
  return { failed: ids.filter((id) => failed.has(id)), passed: ids.filter((id) => passed.has(id)) };
}
