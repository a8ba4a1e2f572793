import { classify } from '../../domain/contract/classify.ts';
import { judgingChanges, settledChanges } from '../../domain/evidence/judging.ts';
import { judgeGate } from '../../domain/evidence/judge-gate.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import type { Measurement } from '../../domain/gates/evidence.ts';
import type { Verdict } from '../../domain/gates/verdict.ts';
import type { Gap } from '../../domain/goal/gap.ts';
import type { Question } from '../../domain/evidence/question.ts';
import { readiness } from '../../domain/judge/readiness.ts';
import { openQuestion, type DataOf, type GoalState } from '../../domain/goal/state.ts';
import { EXIT_CODES, type Status } from '../../domain/status.ts';
import type { CommitId, GoalId, RepoPath, TreeId } from '../../domain/ids.ts';
import { assessHeldOut } from '../../domain/held-out/assess.ts';
import { assessEvidence, type Shown } from '../../domain/judge/evidence.ts';
import type { Given } from '../../domain/plan/given.ts';
import type { LogLine } from '../../store/port.ts';

/** What one gate said of a change. */
export interface JudgedGate {
  readonly id: string;
  readonly required: boolean;
  /** What it runs, and in which folder of the tree. */
  readonly command: string;
  readonly folder: string;
  /** Null: not run on it. */
  readonly verdict: Verdict | null;
  /** Tests of the base that passed with the change, null where none are counted. */
  readonly passed: number | null;
  readonly missing: readonly string[];
  readonly flaky: readonly string[];
}

export interface JudgeResult {
  readonly goal: GoalId;
  /** `ready`, `not_ready`, `blocked_on_human`: a person must decide; others: it could not be judged. */
  readonly status: Status;
  /** 0 ready, 3 not ready, 4 a person must decide or something is missing here. */
  readonly exit: number;
  readonly expect: Given['expect'];
  readonly change: { readonly name: string; readonly tree: TreeId; readonly commit: CommitId | null };
  readonly base: { readonly commit: CommitId; readonly tree: TreeId; readonly why: string };
  readonly levels: {
    /** Nothing that passed on the base is lost; null: not known. */
    readonly noRegression: boolean | null;
    readonly fixes: number;
    /** Of those that it fixes: tests that pass, or do not run, where the functions of the change do nothing. */
    readonly shallow: number;
    readonly guards: number;
    /** Checks of `--check` that fail on the base and pass with the change. */
    readonly checks: number;
    /** Held-out checks fail on the base, or on the wrong solution that was given, and pass with the change. */
    readonly heldOut: boolean;
    /** The change leaves tests and settings of the base as they are. */
    readonly contractUnchanged: boolean;
  };
  /** Ids of tests that show the change, or do not; null: not looked at, because something is wrong before. */
  readonly tests: Shown | null;
  readonly gates: readonly JudgedGate[];
  /** What is in the way of ready. */
  readonly gaps: readonly Gap[];
  /** What ready does not say. */
  readonly limits: readonly Gap[];
  readonly question: Question | null;
  /** Questions that were accepted before they were asked, and that nobody asked about this change. */
  readonly notAsked: readonly string[];
  readonly failure: DataOf<'goal.ended'>['failure'];
  readonly examined: DataOf<'candidate.examined'> | null;
  readonly leftOut: readonly RepoPath[];
  readonly runs: { readonly all: number; readonly cached: number; readonly executedMs: number };
  readonly ms: number;
  /** The goal's folder, with its proof. */
  readonly folder: string;
}

interface Circumstances {
  readonly goal: GoalId;
  readonly base: JudgeResult['base'];
  readonly leftOut: readonly RepoPath[];
  readonly folder: string;
  readonly ms: number;
}

/** What the log of a given change says, for people and programs. */
export function resultOf(state: GoalState, lines: readonly LogLine[], around: Circumstances): JudgeResult {
  const given = state.created?.given;
  const candidate = given?.snapshot.candidate ?? '';
  const examined = state.examined.get(candidate) ?? null;
  const gaps = state.ended?.gaps ?? readiness(state);
  const gates = (state.policy?.gates ?? []).map((gate) => judged(state, gate, candidate));
  const evidence = assessEvidence(state, candidate);
  const tests = examined && evidence.kind === 'shown' ? testsOf(evidence) : null;
  const measured = lines.flatMap(({ event }) => (event.type === 'gate.measured' ? [event.data] : []));
  return {
    ...around,
    status: state.status,
    exit: EXIT_CODES[state.status],
    expect: given?.expect ?? 'no-regression',
    change: { name: given?.name ?? '', tree: candidate, commit: given?.commit ?? null },
    levels: {
      noRegression: noRegression(gates, openQuestion(state)),
      fixes: tests?.fixes.length ?? 0,
      shallow: (tests?.shallow.length ?? 0) + (tests?.untried.length ?? 0),
      guards: tests?.guards.length ?? 0,
      checks: passingChecks(state, gates),
      heldOut: examined !== null && assessHeldOut(state, candidate).kind === 'shown',
      contractUnchanged: examined !== null && isContractUnchanged(state, examined),
    },
    tests,
    gates,
    gaps: gaps.filter(({ kind }) => kind === 'blocking'),
    limits: gaps.filter(({ kind }) => kind === 'known'),
    question: openQuestion(state),
    notAsked: (given?.accepts ?? []).filter((id) => !state.questions.some(({ question }) => question.id === id)),
    failure: state.ended?.failure ?? null,
    examined,
    runs: {
      all: measured.length,
      cached: measured.filter(({ cached }) => cached).length,
      executedMs: measured.reduce((sum, run) => sum + (run.cached ? 0 : run.durationMs), 0),
    },
  };
}

/** Of a given change each criterion is a check that failed on its base. */
function passingChecks({ plan }: GoalState, gates: readonly JudgedGate[]): number {
  const passed = new Set(gates.flatMap(({ id, verdict }) => (verdict?.kind === 'pass' ? [id] : [])));
  return (plan?.criteria ?? []).filter(
    (each) => (each.kind === 'command' || each.kind === 'test') && passed.has(each.gate),
  ).length;
}

function testsOf(found: Shown & { readonly kind: 'shown' }): Shown {
  const { kind: _, ...shown } = found;
  return shown;
}

function judged(state: GoalState, gate: GateSpec, candidate: TreeId): JudgedGate {
  const found = state.examined.has(candidate) ? judgeGate(state, gate, candidate) : null;
  return {
    id: gate.id,
    required: gate.required,
    command: gate.argv.join(' '),
    folder: gate.cwd,
    verdict: found?.verdict ?? null,
    passed: passedIn(found?.evidence[0]),
    missing: found?.missing ?? [],
    flaky: found?.flaky ?? [],
  };
}

const passedIn = (run: Measurement | undefined): number | null =>
  run?.report.kind === 'tests' ? run.report.tests.passed.length : null;

/** Runs settle most of what was changed, which is a change all the same; a new file of the product is none, but `.omk/` is one. */
function isContractUnchanged(state: GoalState, examined: DataOf<'candidate.examined'>): boolean {
  const { changes, contractChanges, policyPaths } = examined;
  const product = changes.filter(
    ({ path, change, newMode }) => change === 'added' && classify(path, newMode) === 'source',
  );
  const settled = new Set(settledChanges(examined).map(({ path }) => path));
  const harmless = new Set(product.flatMap(({ path }) => (settled.has(path) ? [path] : [])));
  return (
    policyPaths.length === 0 &&
    [...contractChanges, ...judgingChanges(state, examined)].every(({ path }) => harmless.has(path))
  );
}

function noRegression(gates: readonly JudgedGate[], question: Question | null): boolean | null {
  const verdicts = gates.filter(({ required }) => required).map(({ verdict }) => verdict);
  const asked = question?.code === 'contract_changed';
  // Green with its own tests only, or without tests that were renamed: whether anything is lost is what a person says.
  const isOpen = (code: string): boolean => code === 'E_CONTRACT_CHANGED' || (asked && code === 'E_MISSING_TESTS');
  if (verdicts.some((verdict) => verdict?.kind === 'fail' && !isOpen(verdict.code))) return false;
  if (verdicts.some((verdict) => verdict?.kind === 'not_applicable' && verdict.code === 'SUBMODULE_MOVED')) return null;
  return verdicts.every((verdict) => verdict?.kind === 'pass' || verdict?.kind === 'not_applicable') ? true : null;
}
