import type { TreeId } from '../ids.ts';
import type { GateSpec } from './gate.ts';
import type { Measurement } from './evidence.ts';
import { measuredOn } from './measured-on.ts';
import { measuredVerdict } from './measured.ts';
import type { Verdict } from './verdict.ts';

const ROUNDS = [1, 2] as const;

/** The runs on the base that a gate has. */
export const baselineRounds = ({ baselineRuns }: GateSpec): readonly (1 | 2)[] => (baselineRuns === 1 ? [1] : ROUNDS);

/** What a gate said about the base, in two runs (trust rule T2), or in the one that was asked for. */
export interface Baseline {
  /** `red`: in both runs, and for more than ids that do not decide. `green`: in both runs. Else `unstable`. */
  readonly colour: 'green' | 'red' | 'unstable';
  readonly verdicts: readonly Verdict[];
  /** Ids that passed in both runs or failed in both: these must be executed and pass at the end. A red test that vanishes is not fixed. */
  readonly expected: ReadonlySet<string>;
  /** Files that failed as a whole in both runs: at the end, tests in them must run. */
  readonly broken: readonly string[];
  /** Ids that failed in at least one run. */
  readonly failing: ReadonlySet<string>;
  /** Ids whose outcome differs between the runs: they do not decide. */
  readonly unstable: ReadonlySet<string>;
  /** Files of tests that the base itself writes to. */
  readonly rewritten: ReadonlySet<string>;
}

/** An id that passed in both runs of the base. */
export const isGood = ({ expected, failing }: Baseline, id: string): boolean => expected.has(id) && !failing.has(id);

/** Every run of one round; more than one where one ran out of memory and was tried again alone. */
export const baselineRuns = (
  measurements: readonly Measurement[],
  gate: GateSpec,
  base: TreeId,
  round: number,
): readonly Measurement[] =>
  measuredOn(measurements, base).filter(
    (each) => each.gate === gate.id && each.purpose === 'baseline' && each.round === round,
  );

export const baselineRun = (
  measurements: readonly Measurement[],
  gate: GateSpec,
  base: TreeId,
  round: number,
): Measurement | null => baselineRuns(measurements, gate, base, round).at(-1) ?? null;

/** Null until both rounds are measured. */
export const baselineOf = (measurements: readonly Measurement[], gate: GateSpec, base: TreeId): Baseline | null =>
  agreed(
    gate,
    baselineRounds(gate).map((round) => baselineRun(measurements, gate, base, round)),
  );

/** What two runs of a gate on one tree say together; null until both are there. */
export function agreed(gate: GateSpec, rounds: readonly (Measurement | null)[]): Baseline | null {
  const runs = rounds.filter((run) => run !== null);
  const [first] = runs;
  if (!first || runs.length < baselineRounds(gate).length) return null;
  const known = KNOWN.get(first);
  if (
    known?.gate === gate &&
    known.runs.length === runs.length &&
    known.runs.every((run, index) => run === runs[index])
  )
    return known.baseline;
  const baseline = compared(gate, runs);
  KNOWN.set(first, { gate, runs, baseline });
  return baseline;
}

/** What was computed of the same runs: every question about a gate asks it again. */
const KNOWN = new WeakMap<
  Measurement,
  { readonly gate: GateSpec; readonly runs: readonly Measurement[]; readonly baseline: Baseline }
>();

function compared(gate: GateSpec, runs: readonly Measurement[]): Baseline {
  const verdicts = runs.map((run) => measuredVerdict(gate, run));
  const outcomes = runs.map(outcomesById);
  const ids = new Set(outcomes.flatMap((each) => [...each.keys()]));
  const expected = new Set<string>();
  const failing = new Set<string>();
  const red = new Set<string>();
  const unstable = new Set<string>();
  for (const id of ids) {
    const seen = outcomes.map((each) => each.get(id) ?? 'absent');
    if (seen.every((each) => each === seen[0]) && seen[0] !== 'skipped') expected.add(id);
    if (seen.every((each) => each === 'failed')) red.add(id);
    if (seen.some((each) => each !== seen[0])) unstable.add(id);
    if (seen.includes('failed')) failing.add(id);
  }
  const broken = brokenIn(runs[0]).filter((path) => runs.every((run) => brokenIn(run).includes(path)));
  // Where only ids that do not decide are red, an untouched tree may be green next time: that is no criterion.
  const isRed = (verdict: Verdict): boolean =>
    verdict.kind !== 'pass' &&
    (verdict.kind !== 'fail' || verdict.code !== 'E_TESTS_FAILED' || red.size > 0 || broken.length > 0);
  const notGreen = verdicts.every(isRed) ? 'red' : 'unstable';
  const colour = verdicts.every((verdict) => verdict.kind === 'pass') ? 'green' : notGreen;
  const rewritten = new Set(runs.flatMap((run) => run.rewritten ?? []));
  return { colour, verdicts, expected, broken, failing, unstable, rewritten };
}

export const brokenIn = (run: Measurement | undefined): readonly string[] =>
  run?.report.kind === 'tests' ? (run.report.tests.broken ?? []) : [];

function outcomesById(run: Measurement): ReadonlyMap<string, 'passed' | 'failed' | 'skipped'> {
  if (run.report.kind !== 'tests') return new Map();
  const { passed, failed, skipped } = run.report.tests;
  return new Map([
    ...passed.map((id) => [id, 'passed'] as const),
    ...skipped.map((id) => [id, 'skipped'] as const),
    ...failed.map((id) => [id, 'failed'] as const),
  ]);
}
