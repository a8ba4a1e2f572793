import type { GateRun } from '../evidence/assess.ts';
import type { Measurement } from '../gates/evidence.ts';
import { isShort } from '../evidence/settle-runs.ts';
import type { GoalState } from '../goal/state.ts';
import { assessOracle, inFile, oracleOf } from '../held-out/oracle.ts';
import { heldOutGates, runsOver } from '../held-out/runs.ts';
import type { RepoPath } from '../ids.ts';
import { networkLine } from './network.ts';
import { writtenCriteria } from './written.ts';
import { handedIn } from '../held-out/evidence.ts';
import type { Submission } from '../goal/checks-submission.ts';

export type Assessed =
  | { readonly kind: 'needs'; readonly runs: readonly GateRun[] }
  | { readonly kind: 'refused'; readonly why: readonly string[] }
  | { readonly kind: 'accepted' };

/**
 * Whether what an oracle handed in tells a right change from a wrong one: every check file loads, runs and fails on the wrong
 * solution, the same in two runs, and on the base where it can load.
 */
export function assessSubmission(state: GoalState): Assessed {
  const last = state.submissions.at(-1);
  if (last?.kind === 'refused') return { kind: 'refused', why: last.why };
  const read = handedIn(state);
  if (!read) return { kind: 'refused', why: ['nothing was handed in'] };
  const open = writtenCriteria(state).filter(({ id }) => !read.criteria.some((each) => each.id === id));
  if (open.length > 0)
    return { kind: 'refused', why: open.map(({ id, text }) => `no test file decides criterion ${id} (${text})`) };
  const found = assessOracle(state);
  const missing = runsOnBase(state);
  if (found.kind === 'needs')
    return state.created?.options.ahead === true ? { kind: 'needs', runs: [...found.runs, ...missing] } : found;
  if (missing.length > 0) return { kind: 'needs', runs: missing };
  const broken = notRun(state, read.checks.paths);
  const idle = found.kind === 'no_oracle' ? found.paths.filter((path) => !broken.includes(path)) : [];
  const green = read.checks.paths.filter((path) => passesOnBase(state, path));
  const why = [
    ...broken.map((path) => `${path} does not load and run on the wrong solution: ${tailOf(state)}`),
    ...idle.map((path) => `no test of ${path} fails on the wrong solution`),
    ...green.map((path) => `all tests of ${path} pass on the base already`),
    ...reachingOut(state),
    ...unsteady(state, read).map((id) => `${id} ${howUnsteady(state, read)}`),
    ...(found.kind === 'no_oracle' && broken.length === 0 && !isAnyRun(state)
      ? ['no gate that counts tests runs these files: put them where the tests of the repository are']
      : []),
  ];
  return why.length > 0 ? { kind: 'refused', why } : { kind: 'accepted' };
}

const baseOf = ({ created }: GoalState): string => created?.repository.tree ?? '';

const runsOnBase = (state: GoalState): readonly GateRun[] =>
  heldOutGates(state).flatMap((gate): readonly GateRun[] => {
    const run: GateRun = {
      gate: gate.id,
      purpose: 'oracle',
      round: 1,
      tree: baseOf(state),
      canaryBase: null,
      heldOut: true,
    };
    const runs = runsOver(state, gate, 'oracle', baseOf(state));
    if (runs.length === 0) return [run];
    return isShort(runs) ? [{ ...run, alone: true }] : [];
  });

/** Whether a gate reports a test that the checks bring. */
const isAnyRun = (state: GoalState): boolean =>
  heldOutGates(state).some((gate) => (oracleOf(state, gate)?.ids.length ?? 0) > 0);

/** Files that failed as a whole on the wrong solution, in any gate; all of them where no id says which file. */
function notRun(state: GoalState, paths: readonly RepoPath[]): readonly RepoPath[] {
  const found = heldOutGates(state).flatMap((gate) => oracleOf(state, gate) ?? []);
  const byName = paths.filter((path) => found.some(({ broken }) => broken.some((each) => inFile(each, path))));
  const unnamed = found.some(({ named, broken }) => named === 'not_by_file' && broken.length > 0);
  return byName.length > 0 || !unnamed ? byName : paths.slice(0, 1);
}

/** A file whose tests all pass on the base asks for nothing new. */
function passesOnBase(state: GoalState, path: RepoPath): boolean {
  const outcomes = heldOutGates(state).flatMap((gate) => {
    const run = runsOver(state, gate, 'oracle', baseOf(state)).at(-1);
    if (run?.report.kind !== 'tests') return [];
    const { passed, failed, broken = [] } = run.report.tests;
    const inIt = (ids: readonly string[]): number => ids.filter((id) => inFile(id, path)).length;
    return [{ passed: inIt(passed), failed: inIt(failed) + inIt(broken) }];
  });
  return outcomes.some(({ passed }) => passed > 0) && outcomes.every(({ failed }) => failed === 0);
}

/** Where the second run had another order, that may be why. */
const howUnsteady = ({ measurements }: GoalState, { checks }: Extract<Submission, { kind: 'read' }>): string =>
  measurements.some(({ purpose, over, reordered }) => purpose === 'oracle' && over === checks.oracle && reordered)
    ? 'differs between two runs, of which the second had the tests in another order: each test must stand alone'
    : 'differs between two runs';

function unsteady(state: GoalState, { checks }: Extract<Submission, { kind: 'read' }>): readonly string[] {
  const found = heldOutGates(state).flatMap((gate) => [...(oracleOf(state, gate)?.baseline.unstable ?? [])]);
  return found.filter((id) => checks.paths.some((path) => inFile(id, path))).slice(0, 5);
}

/** Where a check fails for want of a network, no change makes it pass. The tests of the base may try one without failing. */
function reachingOut(state: GoalState): readonly string[] {
  if ((state.created?.options.oracleRules ?? 1) < 5) return [];
  const baseline = state.measurements.filter(({ purpose }) => purpose === 'baseline');
  const line = networkLine(
    onWrong(state).map(({ tail }) => tail),
    baseline.map(({ tail }) => tail),
  );
  return line === null ? [] : [`checks run without a network, and one of these reaches for it: ${line}`];
}

const onWrong = (state: GoalState): readonly Measurement[] =>
  state.measurements.filter(({ purpose, over }) => purpose === 'oracle' && over === handedIn(state)?.checks.oracle);

/** The end of what a gate said on the wrong solution. */
const tailOf = (state: GoalState): string => (onWrong(state).at(-1)?.tail ?? '').trim().slice(-600);
