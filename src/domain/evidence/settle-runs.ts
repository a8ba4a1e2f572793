import type { Evidence } from './evidence.ts';
import type { TreeId } from '../ids.ts';
import { brokenIn, isGood, type Baseline } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { judgeRun, type Judgement, type Removals } from './judge-run.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { mayStayRed } from './known-red.ts';
import type { FailCode, Verdict } from '../gates/verdict.ts';

/** What all runs of one gate on one tree say together. */
export type Settled =
  | { readonly kind: 'needs'; readonly round: number; readonly alone?: true }
  | (Judgement & {
      readonly kind: 'settled';
      /** The run that decides, then those before it. */
      readonly runs: readonly [Measurement, ...Measurement[]];
      /** What failed in some of the runs and not in all of them. */
      readonly flaky: readonly string[];
    });

/** A run of a gate on a tree as it is, with nothing planted or laid over. */
export const isPlain = ({ purpose }: Measurement): boolean =>
  purpose === 'baseline' || purpose === 'contract' || purpose === 'candidate';

/** Nothing speaks against the candidate: green, or red as it was known to be. */
export const holds = (verdict: Verdict): boolean => verdict.kind === 'pass' || verdict.kind === 'not_applicable';

/** Equal trees are judged once, whatever they were judged for (trust rule T3). */
export const settleRuns = (
  state: Evidence,
  gate: GateSpec,
  baseline: Baseline,
  tree: TreeId,
  removals: Removals,
): Settled =>
  settle(
    state,
    gate,
    baseline,
    measuredOn(state.measurements, tree).filter((each) => each.gate === gate.id && isPlain(each)),
    removals,
  );

/**
 * What all runs of one gate on one tree say. A gate that failed only where the base was
 * good is run again, at most `retries` times. The last run decides: what the base showed twice and one run denies is a
 * flake, named as such. What the base did not show is not run again, so a flake never shows it.
 */
export function settle(
  state: Evidence,
  gate: GateSpec,
  baseline: Baseline,
  all: readonly Measurement[],
  removals: Removals,
): Settled {
  const last = all.at(-1);
  if (!last) return { kind: 'needs', round: 1 };
  const judge = (run: Measurement): Judgement => judgeRun(state, gate, baseline, run, removals);
  const judged = judge(last);
  // The base is run twice as it is, and a tree that equals it has been judged by that.
  const own = last.purpose === 'baseline' ? [] : all.filter(({ purpose }) => purpose !== 'baseline');
  if (own.length > 0 && isShort(own)) return { kind: 'needs', round: nextRound(own), alone: true };
  const whole = own.filter(({ outcome }) => outcome.kind !== 'out_of_memory');
  if (whole.length > 0 && whole.length <= (gate.retries ?? 0) && mayBeFlake(state, gate, baseline, last, judged))
    return { kind: 'needs', round: nextRound(own) };
  const before = own.slice(0, -1).toReversed();
  const troubles = whole.map((run) => troubleOf(run, judge(run)));
  return { kind: 'settled', ...judged, runs: [last, ...before], flaky: notInAll(troubles) };
}

/** The last of these ended for want of memory, and none has been tried alone because of it. */
export const isShort = (runs: readonly Measurement[]): boolean =>
  runs.at(-1)?.outcome.kind === 'out_of_memory' &&
  runs.filter(({ outcome }) => outcome.kind === 'out_of_memory').length === 1;

/** After the last: a run that never started may have been taken back at a resume, and its number is not given again. */
export const nextRound = (runs: readonly Measurement[]): number => Math.max(0, ...runs.map(({ round }) => round)) + 1;

/** Runs that say the same each time. */
const SURE: ReadonlySet<FailCode> = new Set(['E_TREE_CHANGED', 'E_CANDIDATE_DEPENDENCIES', 'E_CONTRACT_CHANGED']);

/** Whether another run could end well: everything that failed was good at the base. An agent that is not finished is not run twice. */
function mayBeFlake(
  state: Evidence,
  gate: GateSpec,
  baseline: Baseline,
  run: Measurement,
  { verdict, missing }: Judgement,
): boolean {
  if (verdict.kind !== 'fail' || SURE.has(verdict.code)) return false;
  const failed = run.report.kind === 'tests' ? run.report.tests.failed : [];
  const knownRed = mayStayRed(state, gate);
  const indifferent = (id: string): boolean =>
    isGood(baseline, id) || baseline.unstable.has(id) || (knownRed && baseline.failing.has(id));
  if (![...failed, ...missing].every(indifferent)) return false;
  // Nothing names what failed, or a whole file did: only a base that was green has shown that it can be.
  return (failed.length + missing.length > 0 && brokenIn(run).length === 0) || baseline.colour === 'green';
}

export const WHOLE_GATE = 'the gate as a whole';

function troubleOf(run: Measurement, { verdict, missing }: Judgement): readonly string[] {
  const named = [...(run.report.kind === 'tests' ? run.report.tests.failed : []), ...missing, ...brokenIn(run)];
  return named.length > 0 || holds(verdict) ? named : [WHOLE_GATE];
}

const notInAll = (lists: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(lists.flat())].filter((each) => !lists.every((list) => list.includes(each))).sort();
