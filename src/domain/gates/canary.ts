import type { GoalState } from '../goal/state.ts';
import type { RepoPath } from '../ids.ts';
import type { Baseline } from './baseline.ts';
import { isOfBase } from './cached.ts';
import type { Canary, Measurement, TestOutcomes, TestReport } from './evidence.ts';
import type { GateSpec } from './gate.ts';
import { measuredVerdict } from './measured.ts';
import { isShort, nextRound } from './settle-runs.ts';
import { isIn } from './test-file.ts';
import type { Verdict } from './verdict.ts';

export type CanaryState =
  | { readonly kind: 'wanted'; readonly round: number; readonly alone?: true }
  | { readonly kind: 'caught' | 'none' | 'needless'; readonly run: Measurement | null }
  | { readonly kind: 'missed'; readonly run: Measurement; readonly verdict: Verdict };

/** Whether the tests of a run can fail: what the run with planted tests shows, on the tree of the run that is judged. */
export function canaryOf(state: GoalState, gate: GateSpec, baseline: Baseline, judgedRun: Measurement): CanaryState {
  // Where no test is counted there is none to forge.
  if (gate.reader === 'exit_only' || judgedRun.report.kind !== 'tests') return { kind: 'none', run: null };
  if (isOfBase(gate, judgedRun)) return { kind: 'needless', run: null };
  const runs = state.measurements.filter(
    (each) =>
      each.gate === gate.id &&
      each.tree === judgedRun.tree &&
      each.over === judgedRun.over &&
      each.purpose === 'canary',
  );
  const run = runs.at(-1);
  if (!run) return { kind: 'wanted', round: 1 };
  if (isShort(runs)) return { kind: 'wanted', round: nextRound(runs), alone: true };
  if (run.outcome.kind === 'out_of_memory') return { kind: 'missed', run, verdict: measuredVerdict(gate, run) };
  // Not started for want of a place to plant it: the only way in which there is none.
  const { canary } = run;
  if (!canary && run.outcome.kind === 'not_started' && run.outcome.at === 'tool') return { kind: 'none', run };
  const silent = canary ? silentFile(canary, baseline, judgedRun.report.tests, run.report) : null;
  if (canary && silent === null && exitedRed(run)) return { kind: 'caught', run };
  const detail = canary
    ? `a test that must fail, planted in ${silent ?? canary.file}, was not reported as failed: assertions or the runner are tampered with`
    : 'the run that a test that must fail was to be planted in did not start';
  return { kind: 'missed', run, verdict: { kind: 'not_measured', code: 'E_CANARY_MISSED', detail } };
}

/**
 * A file that tests count for, and that does not report each of its canaries as failed. One that passed anywhere, or
 * failed nowhere, is laid to the first file planted, as not every runner says in which file a test is.
 */
function silentFile(canary: Canary, baseline: Baseline, judged: TestOutcomes, seen: TestReport): RepoPath | null {
  const { passed, failed } = seen.kind === 'tests' ? seen.tests : { passed: [], failed: [] };
  const names = [canary.name, ...(canary.names ?? [])];
  if (names.some((name) => passed.some((id) => id.endsWith(name)) || !failed.some((id) => id.endsWith(name))))
    return canary.file;
  const counts = (path: RepoPath): boolean =>
    baseline.broken.includes(path) ||
    [...judged.passed, ...judged.failed, ...baseline.expected].some((id) => isIn(id, path));
  const reports = (path: RepoPath): boolean =>
    names.every((name) => failed.some((id) => isIn(id, path) && id.endsWith(name)));
  return (canary.files ?? [canary.file]).find((path) => counts(path) && !reports(path)) ?? null;
}

const exitedRed = (run: Measurement): boolean => run.outcome.kind === 'exited' && run.outcome.code !== 0;
