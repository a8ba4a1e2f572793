import type { RepoPath, TreeId } from '../ids.ts';
import { answerTo, type DataOf, type GoalState } from '../goal/state.ts';
import { baselineOf, brokenIn, type Baseline } from './baseline.ts';
import type { Canary, Measurement, Purpose, TestOutcomes, TestReport } from './evidence.ts';
import type { GateSpec } from './gate.ts';
import { measuredVerdict } from './measured.ts';
import { PASS, type FailCode, type Verdict } from './verdict.ts';

/** One execution of one gate that is still wanted. */
export interface GateRun {
  readonly gate: string;
  readonly purpose: Purpose;
  readonly round: number;
  readonly tree: TreeId;
  /** The tree whose test files a canary may be planted in, null for an ordinary run. */
  readonly canaryBase: TreeId | null;
}

export type Assessment =
  | { readonly kind: 'needs'; readonly run: GateRun }
  | {
      readonly kind: 'judged';
      readonly verdict: Verdict;
      readonly evidence: readonly Measurement[];
      readonly canary: 'caught' | 'none' | 'not_run';
      /** Ids that were executed at the base and are neither passed nor failed now. */
      readonly missing: readonly string[];
    };

type Examined = DataOf<'candidate.examined'>;

export const contractAccepted = (state: GoalState, candidate: TreeId): boolean =>
  answerTo(state, 'contract_changed', candidate)?.kind === 'accept';

/** The verdict of one gate on one candidate from all that was measured, or the next run that is needed to tell. */
export function assess(state: GoalState, gate: GateSpec, candidate: TreeId): Assessment {
  if (gate.skip) return judged({ kind: 'not_measured', code: 'E_SKIPPED', detail: 'skip = true in the gate file' }, []);
  const base = state.created?.repository.tree;
  const examined = state.examined.get(candidate);
  const baseline = base ? baselineOf(state.measurements, gate, base) : null;
  if (!base || !examined || !baseline) return judged({ kind: 'not_measured', code: 'E_NOT_STARTED', detail: 'no baseline' }, []);

  const accepted = contractAccepted(state, candidate);
  const decisive = accepted ? candidate : examined.contract.tree;
  const run = measured(state, gate, decisive);
  if (!run) return { kind: 'needs', run: wanted(gate, accepted ? 'candidate' : 'contract', decisive) };

  const own = decide(state, gate, baseline, run, accepted);
  if (!holds(own.verdict)) return explainContract(state, gate, examined, decisive, own, run);

  const canary = canaryOf(state, gate, baseline, run);
  if (canary === 'wanted') return { kind: 'needs', run: { ...wanted(gate, 'canary', decisive), canaryBase: accepted ? candidate : base } };
  if (canary.kind === 'missed') return judged(canary.verdict, [run, canary.run], own.missing);
  const evidence = canary.run ? [run, canary.run] : [run];

  if (decisive === candidate) return judged(own.verdict, evidence, own.missing, canary.kind);
  const delivered = measured(state, gate, candidate);
  if (!delivered) return { kind: 'needs', run: wanted(gate, 'candidate', candidate) };
  const asIs = decide(state, gate, baseline, delivered, false);
  if (!holds(asIs.verdict)) return judged(asIs.verdict, [...evidence, delivered], asIs.missing, canary.kind);
  // The tests that are delivered judge the next change: they must still be able to fail.
  const armed = canaryOf(state, gate, baseline, delivered);
  if (armed === 'wanted') return { kind: 'needs', run: { ...wanted(gate, 'canary', candidate), canaryBase: candidate } };
  if (armed.kind === 'missed') return judged(armed.verdict, [...evidence, delivered, armed.run], asIs.missing);
  const all = [...evidence, delivered, ...(armed.run ? [armed.run] : [])];
  return judged(asIs.verdict.kind === 'pass' ? own.verdict : asIs.verdict, all, asIs.missing, canary.kind);
}

/** Nothing speaks against the candidate: green, or red as it was known to be. */
const holds = (verdict: Verdict): boolean => verdict.kind === 'pass' || verdict.kind === 'not_applicable';

const judged = (
  verdict: Verdict,
  evidence: readonly Measurement[],
  missing: readonly string[] = [],
  canary: 'caught' | 'none' | 'not_run' = 'not_run',
): Assessment => ({ kind: 'judged', verdict, evidence, canary, missing });

const wanted = (gate: GateSpec, purpose: Purpose, tree: TreeId): GateRun => ({ gate: gate.id, purpose, round: 1, tree, canaryBase: null });

/** Equal trees are judged once, whatever they were judged for (trust rule T3). */
const measured = (state: GoalState, gate: GateSpec, tree: TreeId): Measurement | null =>
  state.measurements.findLast((each) => each.gate === gate.id && each.tree === tree && each.purpose !== 'canary') ?? null;

/** One run against the baseline: missing ids, unstable ids, known red. */
function decide(
  state: GoalState,
  gate: GateSpec,
  baseline: Baseline,
  run: Measurement,
  removalsAccepted: boolean,
): { verdict: Verdict; missing: readonly string[] } {
  const verdict = measuredVerdict(gate, run);
  const { passed, failed } = run.report.kind === 'tests' ? run.report.tests : { passed: [], failed: [] };
  const missing = removalsAccepted ? [] : missingFrom(baseline, [...passed, ...failed]);
  if (verdict.kind === 'pass') return { verdict: missing.length > 0 ? missingTests(baseline, missing) : verdict, missing };
  if (verdict.kind !== 'fail' || missing.length > 0) return { verdict, missing };
  const undecided = verdict.code === 'E_TESTS_FAILED' && brokenIn(run).length === 0 && failed.every((id) => baseline.unstable.has(id));
  if (undecided && passed.length > 0) return { verdict: PASS, missing };
  if (isKnownRed(state, gate) && isRedAsBefore(baseline, run, verdict.code))
    return { verdict: { kind: 'not_applicable', code: 'KNOWN_RED', detail: verdict.detail }, missing };
  return { verdict, missing };
}

/** Ids of the base that were not executed, and files that were broken at the base and still yield no test. */
function missingFrom(baseline: Baseline, ran: readonly string[]): readonly string[] {
  const executed = new Set(ran);
  const silent = baseline.broken.filter((path) => !ran.some((id) => id.startsWith(path)));
  return [...[...baseline.expected].filter((id) => !executed.has(id)), ...silent.map((path) => `${path} (any test)`)].sort();
}

const missingTests = (baseline: Baseline, missing: readonly string[]): Verdict => ({
  kind: 'fail',
  code: 'E_MISSING_TESTS',
  detail: `${missing.length} of ${baseline.expected.size + baseline.broken.length} tests of the base were not executed: ${missing.slice(0, 5).join('; ')}`,
});

/** No new failing id, no new broken file, and no new way of being red. */
function isRedAsBefore(baseline: Baseline, run: Measurement, code: FailCode): boolean {
  const failed = run.report.kind === 'tests' ? run.report.tests.failed : [];
  const broken = brokenIn(run);
  if (!failed.every((id) => baseline.failing.has(id) || baseline.unstable.has(id)) || !broken.every((path) => baseline.broken.includes(path))) return false;
  return code === 'E_TESTS_FAILED' || (code === 'E_EXIT' && broken.length > 0) || baseline.verdicts.some((each) => each.kind === 'fail' && each.code === code);
}

const isKnownRed = (state: GoalState, gate: GateSpec): boolean => state.created?.options.knownRed.includes(gate.id) === true;

/** A red contract on a candidate that changed tests: its own tests are run too, so that the reason can be told exactly. */
function explainContract(
  state: GoalState,
  gate: GateSpec,
  examined: Examined,
  decisive: TreeId,
  own: { verdict: Verdict; missing: readonly string[] },
  run: Measurement,
): Assessment {
  const { candidate, contractChanges } = examined;
  if (own.verdict.kind !== 'fail' || contractChanges.length === 0 || decisive === candidate) return judged(own.verdict, [run], own.missing);
  const delivered = measured(state, gate, candidate);
  if (!delivered) return { kind: 'needs', run: wanted(gate, 'candidate', candidate) };
  if (measuredVerdict(gate, delivered).kind !== 'pass') return judged(own.verdict, [run, delivered], own.missing);
  const paths = contractChanges.map((each) => `${each.change} ${each.path}`).slice(0, 5).join(', ');
  const detail = `green only with its own tests and settings (${paths}); with those of the base: ${own.verdict.detail}`;
  return judged({ kind: 'fail', code: 'E_CONTRACT_CHANGED', detail }, [run, delivered], own.missing);
}

type CanaryState =
  | 'wanted'
  | { readonly kind: 'caught' | 'none'; readonly run: Measurement | null }
  | { readonly kind: 'missed'; readonly run: Measurement; readonly verdict: Verdict };

function canaryOf(state: GoalState, gate: GateSpec, baseline: Baseline, judgedRun: Measurement): CanaryState {
  // Where no test is counted there is none to forge.
  if (gate.reader === 'exit_only' || judgedRun.report.kind !== 'tests') return { kind: 'none', run: null };
  const run = state.measurements.findLast((each) => each.gate === gate.id && each.tree === judgedRun.tree && each.purpose === 'canary');
  if (!run) return 'wanted';
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
  if (names.some((name) => passed.some((id) => id.endsWith(name)) || !failed.some((id) => id.endsWith(name)))) return canary.file;
  const counts = (path: RepoPath): boolean =>
    baseline.broken.includes(path) || [...judged.passed, ...judged.failed, ...baseline.expected].some((id) => isIn(id, path));
  const reports = (path: RepoPath): boolean => names.every((name) => failed.some((id) => isIn(id, path) && id.endsWith(name)));
  return (canary.files ?? [canary.file]).find((path) => counts(path) && !reports(path)) ?? null;
}

/** Ids of runners that count by file begin with the file. */
const isIn = (id: string, path: RepoPath): boolean => id.startsWith(`${path} > `) || id.startsWith(`${path}::`);

const exitedRed = (run: Measurement): boolean => run.outcome.kind === 'exited' && run.outcome.code !== 0;
