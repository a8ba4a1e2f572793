import type { Evidence } from './evidence.ts';
import type { RepoPath, TreeId } from '../ids.ts';
import { baselineRun, type Baseline } from '../gates/baseline.ts';
import { isOfBase } from '../gates/cached.ts';
import type { Measurement, TestOutcomes } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { measuredVerdict } from '../gates/measured.ts';
import { isShort, nextRound } from './settle-runs.ts';
import { isIn } from '../contract/test-file.ts';
import type { Verdict } from '../gates/verdict.ts';

export type CanaryState =
  /** `onBase`: before anybody is told that a canary was missed, the base shows that it fails there. */
  | { readonly kind: 'wanted'; readonly round: number; readonly alone?: true; readonly onBase?: true }
  | { readonly kind: 'caught' | 'none' | 'needless'; readonly runs: readonly Measurement[] }
  | { readonly kind: 'missed'; readonly runs: readonly Measurement[]; readonly verdict: Verdict };

/** Whether the tests of a run can fail: what the run with planted tests shows, on the tree of the run that is judged. */
export function canaryOf(state: Evidence, gate: GateSpec, baseline: Baseline, judgedRun: Measurement): CanaryState {
  // Where no test is counted there is none to forge.
  if (gate.reader === 'exit_only' || judgedRun.report.kind !== 'tests') return { kind: 'none', runs: [] };
  if (isOfBase(gate, judgedRun)) return { kind: 'needless', runs: [] };
  const runs = canaryRuns(state, gate, judgedRun.tree, judgedRun.over);
  const run = runs.at(-1);
  if (!run) return { kind: 'wanted', round: 1 };
  if (isShort(runs)) return { kind: 'wanted', round: nextRound(runs), alone: true };
  if (run.outcome.kind === 'out_of_memory') return missed(measuredVerdict(gate, run), run);
  if (hadNoPlace(run)) return { kind: 'none', runs: [run] };
  const seen = silence(baseline, judgedRun.report.tests, run);
  if (seen.kind === 'reported') return { kind: 'caught', runs: [run] };
  const mayProve = state.created?.options.canaryOnBase === true && judgedRun.over === undefined;
  return mayProve && run.outcome.kind !== 'not_started'
    ? provenOnBase(state, gate, baseline, { run, seen })
    : missed(notReported(run, seen, 'the candidate or its environment keeps them from failing'), run);
}

const canaryRuns = (state: Evidence, gate: GateSpec, tree: TreeId, over?: TreeId): readonly Measurement[] =>
  measuredOn(state.measurements, tree).filter(
    (each) => each.gate === gate.id && each.over === over && each.purpose === 'canary',
  );

/** Not started for want of a place to plant it: the only way in which a run has none. */
const hadNoPlace = ({ canary, outcome }: Measurement): boolean =>
  !canary && outcome.kind === 'not_started' && outcome.at === 'tool';

const missed = (verdict: Verdict, ...runs: readonly Measurement[]): CanaryState => ({ kind: 'missed', runs, verdict });

/** A canary that the base does not report as failed either is none: only what fails there and not here was kept from failing. */
function provenOnBase(
  state: Evidence,
  gate: GateSpec,
  baseline: Baseline,
  { run, seen }: { readonly run: Measurement; readonly seen: Silence },
): CanaryState {
  const base = state.created?.repository.tree ?? run.tree;
  const plain = baselineRun(state.measurements, gate, base, 1);
  if (plain?.report.kind !== 'tests')
    return missed(notReported(run, seen, 'whether they are at the base cannot be told, as it reports no tests'), run);
  const proofs = canaryRuns(state, gate, base);
  const proof = proofs.at(-1);
  if (!proof) return { kind: 'wanted', round: 1, onBase: true };
  if (isShort(proofs)) return { kind: 'wanted', round: nextRound(proofs), alone: true, onBase: true };
  if (proof.outcome.kind === 'out_of_memory') return missed(measuredVerdict(gate, proof), run, proof);
  if (hadNoPlace(proof)) return { kind: 'none', runs: [run, proof] };
  if (proof.outcome.kind === 'not_started')
    return missed(notReported(run, seen, 'the same run on the base did not start'), run, proof);
  const there = silence(baseline, plain.report.tests, proof);
  if (there.kind === 'whole') return { kind: 'none', runs: [run, proof] };
  const silentThere: readonly RepoPath[] = there.kind === 'files' ? there.files : [];
  if (seen.kind === 'files' && seen.files.every((path) => silentThere.includes(path)))
    return { kind: 'caught', runs: [run, proof] };
  return missed(
    notReported(run, seen, 'at the base they are: something in the candidate keeps them from failing'),
    run,
    proof,
  );
}

function notReported(run: Measurement, seen: Silence, more: string): Verdict {
  return { kind: 'not_measured', code: 'E_CANARY_MISSED', detail: whyNotReported(run, seen, more) };
}

function whyNotReported({ canary, outcome }: Measurement, seen: Silence, more: string): string {
  if (!canary) return 'the run that tests that must fail were to be planted in did not start';
  if (outcome.kind === 'timed_out')
    return `the run with planted tests took longer than the ${Math.round(outcome.afterMs / 1000)} s that the gate has`;
  const file = seen.kind === 'files' ? seen.files[0] : canary.file;
  return `tests that must fail, planted in ${file}, were not reported as failed: ${more}`;
}

/** Which planted tests were not reported as failed: none, those of some files, or nothing can be told of any. */
type Silence =
  | { readonly kind: 'reported' }
  | { readonly kind: 'files'; readonly files: readonly RepoPath[] }
  | { readonly kind: 'whole' };

/**
 * Files that tests count for, and that do not report each of their canaries as failed. Of one that passed anywhere, or
 * failed nowhere, nothing can be told, as not every runner says in which file a test is.
 */
function silence(baseline: Baseline, judged: TestOutcomes, run: Measurement): Silence {
  const { canary, outcome, report } = run;
  if (!canary || outcome.kind !== 'exited' || outcome.code === 0) return { kind: 'whole' };
  const { passed, failed } = report.kind === 'tests' ? report.tests : { passed: [], failed: [] };
  const names = [canary.name, ...(canary.names ?? [])];
  if (names.some((name) => passed.some((id) => id.endsWith(name)) || !failed.some((id) => id.endsWith(name))))
    return { kind: 'whole' };
  const counts = (path: RepoPath): boolean =>
    baseline.broken.includes(path) ||
    [...judged.passed, ...judged.failed, ...baseline.expected].some((id) => isIn(id, path));
  const reports = (path: RepoPath): boolean =>
    names.every((name) => failed.some((id) => isIn(id, path) && id.endsWith(name)));
  const files = (canary.files ?? [canary.file]).filter((path) => counts(path) && !reports(path));
  return files.length === 0 ? { kind: 'reported' } : { kind: 'files', files };
}
