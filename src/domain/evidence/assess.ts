import type { TreeId } from '../ids.ts';
import { namesOfTests } from './judging.ts';
import { type Evidence, isBeforeMerge } from './evidence.ts';
import type { Examined } from '../contract/examined.ts';
import { aheadOf } from './ahead.ts';
import { alteredOf } from './altered.ts';
import { baselineOf, isGood, type Baseline } from '../gates/baseline.ts';
import { runBeside } from '../gates/beside.ts';
import { canaryOf, type CanaryState } from './canary.ts';
import type { Measurement, Purpose } from '../gates/evidence.ts';
import { contractAccepted, removalsOf } from './contract-accepted.ts';
import type { GateRun } from '../gates/gate-run.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { Judgement } from './judge-run.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { measuredVerdict } from '../gates/measured.ts';
import { reversalOf } from './reversal.ts';
import { furtherRun, unsteady } from './steady.ts';
import { withoutSubmodules } from './submodules.ts';
import { holds, isPlain, settleRuns, type Settled } from './settle-runs.ts';
import type { Verdict } from '../gates/verdict.ts';

export type { GateRun };

/** Runs that are still needed to judge a gate. */
export interface WantedRuns {
  readonly run: GateRun;
  /** Runs that need not wait for the end of `run`. */
  readonly beside?: readonly GateRun[];
  /** What decides was run, and nothing speaks against the candidate so far. */
  readonly holds?: true;
}

/** What one gate says of a tree, from all that was measured. */
export interface GateJudgement {
  readonly verdict: Verdict;
  readonly evidence: readonly Measurement[];
  /** `needless`: the gate depends on nothing the candidate changed. */
  readonly canary: 'caught' | 'none' | 'needless' | 'not_run';
  /** Ids that were executed at the base and are neither passed nor failed now. */
  readonly missing: readonly string[];
  /** What failed in one run and not in another of the same tree; beside a `pass` it is said aloud. */
  readonly flaky: readonly string[];
}

/** Each step of judging ends in one or the other. */
export type Assessment = ({ readonly kind: 'needs' } & WantedRuns) | ({ readonly kind: 'judged' } & GateJudgement);

/** What is judged, and against what. */
export interface Judged {
  readonly base: TreeId;
  readonly tree: TreeId;
}

/** The steps from what was measured, in their order, to the first that needs a run or has a verdict. */
export function assess(state: Evidence, gate: GateSpec, at: Judged): Assessment {
  const found = firstStep(state, gate, at);
  const examined = state.examined.get(at.tree);
  if (found.kind === 'needs' || !examined) return found;
  return { ...found, verdict: withoutSubmodules(state, examined, found.verdict) };
}

function firstStep(state: Evidence, gate: GateSpec, { base, tree }: Judged): Assessment {
  if (gate.skip) return judged({ kind: 'not_measured', code: 'E_SKIPPED', detail: 'skip = true in the gate file' }, []);
  const examined = state.examined.get(tree);
  const baseline = baselineOf(state.measurements, gate, base);
  if (!examined || !baseline) return judged({ kind: 'not_measured', code: 'E_NOT_STARTED', detail: 'no baseline' }, []);
  return assessContract({ state, gate, base, candidate: tree, examined, baseline });
}

/** One gate, and all that its steps look at. */
interface Looked {
  readonly state: Evidence;
  readonly gate: GateSpec;
  readonly base: TreeId;
  readonly candidate: TreeId;
  readonly examined: Examined;
  readonly baseline: Baseline;
}

type Own = Extract<Settled, { kind: 'settled' }>;

/** First with the tests of the base, or with those that a person accepted. */
function assessContract(looked: Looked): Assessment {
  const { state, gate, base, candidate, examined, baseline } = looked;
  const accepted = contractAccepted(state, candidate);
  const decisive = accepted ? candidate : examined.contract.tree;
  const purpose = accepted ? 'candidate' : 'contract';
  const own = settleRuns(state, gate, baseline, decisive, removalsOf(state, gate, candidate));
  const ofCanary: GateRun = { ...wanted(gate, 'canary', decisive), canaryBase: accepted ? candidate : base };
  if (own.kind === 'needs') {
    const run = again(wanted(gate, purpose, decisive), own);
    const beside =
      run.round === 1 && !isBeforeMerge(state) ? runBeside(state.measurements, gate, base, decisive) : null;
    if (beside === null) return { kind: 'needs', run };
    return { kind: 'needs', run, beside: [{ ...ofCanary, ...(beside === 'spare' ? { spare: true } : {}) }] };
  }
  if (!holds(own.verdict)) return explainContract(state, gate, examined, decisive, own);
  if (isBeforeMerge(state)) return asDelivered(state, gate, baseline, examined, own);
  return assessTests(looked, { own, decisive, purpose, ofCanary });
}

interface Held {
  readonly own: Own;
  readonly decisive: TreeId;
  readonly purpose: 'candidate' | 'contract';
  readonly ofCanary: GateRun;
}

/** Then whether the tests that pass can fail, and do so each time. */
function assessTests(looked: Looked, { own, decisive, purpose, ofCanary }: Held): Assessment {
  const { state, gate, base, candidate, examined, baseline } = looked;
  const [run] = own.runs;
  const ahead = aheadOf(state, { gate, baseline, run, purpose, base, candidate, decisive });
  const next = (one: GateRun): Assessment => ({
    kind: 'needs',
    run: one,
    ...(ahead.length === 0 ? {} : { beside: ahead.filter((each) => !isSame(each, one)) }),
    holds: true,
  });
  const canary = canaryOf(state, gate, baseline, run);
  if (canary.kind === 'wanted') return next(again(canary.onBase ? onBase(gate, base) : ofCanary, canary));
  if (canary.kind === 'missed') return judged(canary.verdict, [...own.runs, ...canary.runs], own);
  const evidence = [...own.runs, ...canary.runs];
  const shaken = shakenIn(gate, baseline, run, canary);
  const told = { missing: own.missing, flaky: union(own.flaky, shaken.good) };
  const unsure = shaken.verdict ?? unsteady(examined, told.flaky);
  if (unsure) return judged(unsure, evidence, told);
  const further = furtherRun(state, gate, examined, decisive);
  if (further !== null) return next({ ...wanted(gate, purpose, decisive), round: further });
  const altered = alteredOf(state, gate, baseline, run);
  if (altered.kind === 'wanted') return next(again(ofAltered(gate, altered.onBase ? base : decisive, base), altered));
  evidence.push(...altered.runs);
  if (altered.kind === 'missed') return judged(altered.verdict, evidence, told);
  if (decisive === candidate) return judged(own.verdict, evidence, told, canary.kind);
  return assessDelivered(looked, { own, told, evidence, canary: canary.kind, next });
}

interface Shown {
  readonly own: Own;
  readonly told: Pick<GateJudgement, 'missing' | 'flaky'>;
  readonly evidence: readonly Measurement[];
  readonly canary: GateJudgement['canary'];
  readonly next: (run: GateRun) => Assessment;
}

/** At last as it is delivered, with its own tests: they judge the next change. */
function assessDelivered(looked: Looked, { own, told, evidence, canary, next }: Shown): Assessment {
  const { state, gate, base, candidate, examined, baseline } = looked;
  const delivered = settleRuns(state, gate, baseline, candidate, namesOfTests(examined, state.measurements));
  if (delivered.kind === 'needs') return next(again(wanted(gate, 'candidate', candidate), delivered));
  const both = { missing: delivered.missing, flaky: union(told.flaky, delivered.flaky) };
  const seen = [...evidence, ...delivered.runs];
  const loose = unsteady(examined, both.flaky);
  if (loose) return judged(loose, seen, both);
  if (!holds(delivered.verdict)) return judged(delivered.verdict, seen, both, canary);
  const verdict = delivered.verdict.kind === 'pass' ? own.verdict : delivered.verdict;
  // Nothing that the two trees differ in was opened: they are the same to this gate.
  if (areSame([...own.runs, ...delivered.runs])) return judged(verdict, seen, both, canary);
  // The tests that are delivered judge the next change: they must still be able to fail.
  const armed = canaryOf(state, gate, baseline, delivered.runs[0]);
  if (armed.kind === 'wanted')
    return next(
      again(armed.onBase ? onBase(gate, base) : { ...wanted(gate, 'canary', candidate), canaryBase: candidate }, armed),
    );
  if (armed.kind === 'missed') return judged(armed.verdict, [...seen, ...armed.runs], both);
  const all = [...new Set([...seen, ...armed.runs])];
  const late = shakenIn(gate, baseline, delivered.runs[0], armed);
  const whole = { missing: both.missing, flaky: union(both.flaky, late.good) };
  const last = late.verdict ?? unsteady(examined, whole.flaky);
  if (last) return judged(last, all, whole);
  const reversal = reversalOf(state, gate, baseline, examined);
  if (reversal.kind === 'wanted' && examined.reversal)
    return next(again(wanted(gate, 'reversal', examined.reversal.tree), reversal));
  if (reversal.kind === 'ran' && reversal.passes.length > 0)
    return judged(greenWithoutProduct(examined, reversal.passes), [...all, ...reversal.runs], whole);
  const shown = reversal.kind === 'ran' ? [...all, ...reversal.runs] : all;
  return judged(verdict, shown, whole, canary);
}

const judged = (
  verdict: Verdict,
  evidence: readonly Measurement[],
  { missing, flaky }: { readonly missing: readonly string[]; readonly flaky: readonly string[] } = {
    missing: [],
    flaky: [],
  },
  canary: GateJudgement['canary'] = 'not_run',
): Assessment => ({ kind: 'judged', verdict, evidence, canary, missing, flaky });

const again = (run: GateRun, { round, alone }: { readonly round: number; readonly alone?: true }): GateRun => ({
  ...run,
  round,
  ...(alone ? { alone } : {}),
});

const isSame = (one: GateRun, other: GateRun): boolean =>
  one.purpose === other.purpose && one.round === other.round && one.tree === other.tree;

const wanted = (gate: GateSpec, purpose: Purpose, tree: TreeId): GateRun => ({
  gate: gate.id,
  purpose,
  round: 1,
  tree,
  canaryBase: null,
});

/** The same canary in the base itself. */
const onBase = (gate: GateSpec, base: TreeId): GateRun => ({ ...wanted(gate, 'canary', base), canaryBase: base });

const ofAltered = (gate: GateSpec, tree: TreeId, base: TreeId): GateRun => ({
  ...wanted(gate, 'altered', tree),
  canaryBase: base,
});

const measured = (state: Evidence, gate: GateSpec, tree: TreeId): Measurement | null =>
  measuredOn(state.measurements, tree).findLast((each) => each.gate === gate.id && isPlain(each)) ?? null;

/**
 * What passed in a run and failed in its canary run, which executes the same tests on the same code: what was good at the base is a
 * flake, and what was not is shown by no run that another one contradicts.
 */
function shakenIn(
  gate: GateSpec,
  baseline: Baseline,
  judgedRun: Measurement,
  canary: Exclude<CanaryState, { kind: 'wanted' | 'missed' }>,
): { readonly good: readonly string[]; readonly verdict: Verdict | null } {
  // Planted tests that do not fail at the base either disturb what runs beside them.
  const [canaryRun] = canary.kind === 'none' ? [] : canary.runs;
  if (gate.retries === undefined || judgedRun.report.kind !== 'tests' || canaryRun?.report.kind !== 'tests')
    return { good: [], verdict: null };
  const passed = new Set(judgedRun.report.tests.passed);
  const shaken = canaryRun.report.tests.failed.filter((id) => passed.has(id) && !baseline.unstable.has(id));
  const good = shaken.filter((id) => isGood(baseline, id));
  const unshown = shaken.filter((id) => !isGood(baseline, id));
  if (unshown.length === 0) return { good, verdict: null };
  return {
    good,
    verdict: {
      kind: 'not_measured',
      code: 'E_FLAKY',
      detail: `passed in one run and failed in another of the same tree: ${unshown.slice(0, 5).join('; ')}`,
    },
  };
}

const areSame = (runs: readonly Measurement[]): boolean => runs.every(({ opened }) => opened?.length === 0);

/** What else the candidate changes turns green what the product did not mend. */
const greenWithoutProduct = ({ contractChanges, asks = [] }: Examined, passes: readonly string[]): Verdict => ({
  kind: 'fail',
  code: 'E_CONTRACT_CHANGED',
  detail:
    `passes with the base's code too (${passes.slice(0, 3).join('; ')}), by what else changed: ` +
    contractChanges
      .filter(({ path }) => !asks.includes(path))
      .map((each) => `${each.change} ${each.path}`)
      .slice(0, 5)
      .join(', '),
});

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])].sort();

/** A task whose contract holds: whether it holds as delivered, too. That tests can fail is asked of the tree that lands. */
function asDelivered(
  state: Evidence,
  gate: GateSpec,
  baseline: Baseline,
  examined: Examined,
  own: Extract<Settled, { kind: 'settled' }>,
): Assessment {
  const { candidate } = examined;
  const removals = namesOfTests(examined, state.measurements);
  const [{ tree }] = own.runs;
  const last = tree === candidate ? own : settleRuns(state, gate, baseline, candidate, removals);
  if (last.kind === 'needs') return { kind: 'needs', run: again(wanted(gate, 'candidate', candidate), last) };
  const told = { missing: last.missing, flaky: union(own.flaky, last.flaky) };
  const verdict = unsteady(examined, told.flaky) ?? (last.verdict.kind === 'pass' ? own.verdict : last.verdict);
  return judged(verdict, [...new Set([...own.runs, ...last.runs])], told);
}

/** A red contract on a candidate that changed tests: its own tests are run too, so that the reason can be told exactly. */
function explainContract(
  state: Evidence,
  gate: GateSpec,
  examined: Examined,
  decisive: TreeId,
  own: Judgement & Pick<Extract<Settled, { kind: 'settled' }>, 'runs' | 'flaky'>,
): Assessment {
  const { candidate, contractChanges } = examined;
  if (own.verdict.kind !== 'fail' || contractChanges.length === 0 || decisive === candidate)
    return judged(own.verdict, own.runs, own);
  const delivered = measured(state, gate, candidate);
  if (!delivered) return { kind: 'needs', run: wanted(gate, 'candidate', candidate) };
  const runs = [...own.runs, delivered];
  const { outcome } = delivered;
  // No answer of a person makes a gate run that cannot be started.
  if (outcome.kind === 'not_started' && outcome.at === 'tool') {
    const detail =
      `as it is delivered this gate cannot start (${outcome.detail}): keep what it starts from, or move that in a commit of your own ` +
      `and give the goal on top of it; with the tests of the base: ${own.verdict.detail}`;
    return judged({ ...own.verdict, detail }, runs, own);
  }
  if (measuredVerdict(gate, delivered).kind !== 'pass') return judged(own.verdict, runs, own);
  const paths = contractChanges
    .map((each) => `${each.change} ${each.path}`)
    .slice(0, 5)
    .join(', ');
  const detail = `green only with its own tests and settings (${paths}); with those of the base: ${own.verdict.detail}`;
  return judged({ kind: 'fail', code: 'E_CONTRACT_CHANGED', detail }, runs, own);
}
