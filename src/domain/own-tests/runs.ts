import type { GateRun } from '../evidence/assess.ts';
import type { Baseline } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { isShort, nextRound } from '../evidence/settle-runs.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { TreeId } from '../ids.ts';

export const countsTests = (gate: GateSpec): boolean =>
  gate.kind === 'test' && !gate.skip && gate.reader !== 'exit_only';

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
