import { judgeGate } from '../evidence/judge-gate.ts';
import { baselineOf, isGood } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import { holds } from '../evidence/settle-runs.ts';
import type { TreeId } from '../ids.ts';
import type { GoalState } from '../goal/state.ts';

/** Tests that passed at the base and are gone, where nothing else is wrong with any required gate. */
export function goneTests(state: GoalState, candidate: TreeId): readonly string[] {
  const base = state.created?.repository.tree;
  const required = (state.policy?.gates ?? []).filter((gate) => gate.required);
  const found = required.map((gate) => ({ gate, assessment: judgeGate(state, gate, candidate) }));
  // What the base's own tests showed of the change is not shown less because they have other names now.
  const shown = passedIn(state, state.examined.get(candidate)?.contract.tree ?? candidate, candidate);
  const isGone = ({ gate, assessment }: (typeof found)[number]): boolean => {
    const baseline = base ? baselineOf(state.measurements, gate, base) : null;
    return (
      assessment !== null &&
      assessment.verdict.kind === 'fail' &&
      assessment.verdict.code === 'E_MISSING_TESTS' &&
      baseline !== null &&
      assessment.missing.every(
        (id) => (isGood(baseline, id) || shown.has(id)) && !isSkipped(assessment.evidence[0], id),
      )
    );
  };
  const open = found.filter(({ assessment }) => assessment === null || !holds(assessment.verdict));
  return open.every(isGone) ? open.flatMap(({ assessment }) => assessment?.missing ?? []) : [];
}

const passedIn = ({ measurements }: GoalState, contract: TreeId, candidate: TreeId): ReadonlySet<string> =>
  new Set(
    measurements
      .filter(({ purpose, tree }) => purpose === 'contract' && tree === contract && contract !== candidate)
      .flatMap(({ report }) => (report.kind === 'tests' ? report.tests.passed : [])),
  );

const isSkipped = (run: Measurement | undefined, id: string): boolean =>
  run?.report.kind === 'tests' && run.report.tests.skipped.includes(id);

/** What else is known of test files: none changed, some did, or changed ones were accepted before, where these still ran. */
export type Beside = 'unchanged' | 'changed' | 'accepted';

const THOUGH: Readonly<Record<Beside, string>> = {
  unchanged: ', though no test file changed',
  changed: ', and no test that came with the change is known to be the same',
  accepted: ', and were run, when you accepted the same changes of tests',
};

/** The question about them, with at most `most` of their names. */
export function goneText(gone: readonly string[], most: number, beside: Beside): string {
  const what =
    gone.length === 1 ? '1 test that passed at the base is' : `${gone.length} tests that passed at the base are`;
  const names = gone.slice(0, most).join('; ');
  return `${what} not run any more${THOUGH[beside]}: ${names}. All others pass. Is that wanted?`;
}
