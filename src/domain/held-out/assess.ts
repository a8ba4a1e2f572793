import type { GateRun } from '../evidence/assess.ts';
import { besideAt } from '../gates/beside.ts';
import { removalsOf } from '../evidence/contract-accepted.ts';
import { canaryOf } from '../evidence/canary.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { holds, isPlain, settle } from '../evidence/settle-runs.ts';
import type { TreeId } from '../ids.ts';
import type { WithHeldOut } from './evidence.ts';
import { assessOracle, inFile, oracleOf, type Oracle, type OracleVerdict } from './oracle.ts';
import { decisiveTree, heldOutGates, runsOver } from './runs.ts';

export type HeldOut =
  | Exclude<OracleVerdict, { readonly kind: 'fails_there' }>
  /** `canary`: whether one was caught in the checks themselves, wherever they run. */
  | { readonly kind: 'shown'; readonly canary: 'caught' | 'none' }
  /** `failed`: how many checks are known not to pass; the runs may be red for other reasons. */
  | { readonly kind: 'not_shown'; readonly failed: number; readonly outage: Measurement | null };

/** Whether the candidate passes every held-out check, laid over the tree that its verdicts rest on. */
export function assessHeldOut(state: WithHeldOut, candidate: TreeId): HeldOut {
  const oracle = assessOracle(state);
  if (oracle.kind !== 'fails_there') return oracle;
  const tree = decisiveTree(state, candidate);
  if (tree === null) return { kind: 'not_shown', failed: 0, outage: null };
  const found = heldOutGates(state).map((gate) => ofGate(state, gate, tree, candidate));
  const runs = found.flatMap((each) => (each.kind === 'needs' ? each.runs : []));
  const red = found.filter((each) => each.kind === 'not_shown');
  if (red.length > 0)
    return {
      kind: 'not_shown',
      failed: red.reduce((sum, each) => sum + each.failed, 0),
      outage: red.find((each) => each.outage !== null)?.outage ?? null,
    };
  if (runs.length > 0) return { kind: 'needs', runs };
  return {
    kind: 'shown',
    canary: found.some((each) => each.kind === 'shown' && each.canary === 'none') ? 'none' : 'caught',
  };
}

type OfGate =
  | { readonly kind: 'needs'; readonly runs: readonly GateRun[] }
  /** `needless`: the gate runs none of the checks. */
  | { readonly kind: 'shown'; readonly canary: 'caught' | 'none' | 'needless' }
  | Extract<HeldOut, { kind: 'not_shown' }>;

function ofGate(state: WithHeldOut, gate: GateSpec, tree: TreeId, candidate: TreeId): OfGate {
  const oracle = oracleOf(state, gate);
  if (!oracle) return { kind: 'not_shown', failed: 0, outage: null };
  const run: GateRun = { gate: gate.id, purpose: 'held_out', round: 1, tree, canaryBase: null, heldOut: true };
  const settled = settle(
    state,
    gate,
    oracle.baseline,
    runsOver(state, gate, 'held_out', tree),
    removalsOf(state, gate, candidate),
  );
  const ofCanary: GateRun = { ...run, purpose: 'canary', canaryBase: tree };
  if (settled.kind === 'needs') {
    const first = { ...run, round: settled.round, ...(settled.alone ? { alone: settled.alone } : {}) };
    return { kind: 'needs', runs: isAhead(state, gate, tree, oracle) ? [first, ofCanary] : [first] };
  }
  const [last] = settled.runs;
  const plain = state.measurements.findLast((each) => each.gate === gate.id && each.tree === tree && isPlain(each));
  const failed = notPassed(oracle, last, plain);
  if (!holds(settled.verdict) || failed > 0)
    return {
      kind: 'not_shown',
      failed,
      outage: last.outcome.kind === 'not_started' && last.outcome.at === 'sandbox' ? last : null,
    };
  // In a file that a candidate has never seen, so that it cannot tell the run with a canary from the one that counts.
  if (oracle.failing.length === 0) return { kind: 'shown', canary: 'needless' };
  const canary = canaryOf(state, gate, oracle.baseline, last);
  if (canary.kind === 'wanted')
    return {
      kind: 'needs',
      runs: [{ ...ofCanary, round: canary.round, ...(canary.alone ? { alone: canary.alone } : {}) }],
    };
  return canary.kind === 'missed'
    ? { kind: 'not_shown', failed: 0, outage: null }
    : { kind: 'shown', canary: canary.kind };
}

/** Whether the canary run of the checks begins beside the first run of them: a quick one that only a pass needs. */
const isAhead = (state: WithHeldOut, gate: GateSpec, tree: TreeId, { failing }: Oracle): boolean =>
  state.created?.options.ahead === true &&
  failing.length > 0 &&
  besideAt(state.measurements, gate, state.created.repository.tree) === 'always' &&
  runsOver(state, gate, 'canary', tree).length === 0;

/** How many checks did not pass: tests that the oracle saw run, new ones that fail, and files or packages of which nothing passes. */
function notPassed(
  { baseline, ids, failing, broken, named }: Oracle,
  run: Measurement,
  plain: Measurement | undefined,
): number {
  const { passed, failed } = testsOf(run);
  const seen = new Set(passed);
  const before = new Set(testsOf(plain).passed);
  const open = new Set([
    ...ids.filter((id) => !seen.has(id)),
    ...failed.filter((id) => !before.has(id) && !baseline.unstable.has(id)),
  ]);
  const fresh = passed.some((id) => !before.has(id) && !baseline.expected.has(id));
  if (named !== 'by_file') return open.size + (fresh ? 0 : broken.length);
  return open.size + failing.filter((path) => ![...passed, ...open].some((id) => inFile(id, path))).length;
}

const testsOf = (
  run: Measurement | undefined,
): { readonly passed: readonly string[]; readonly failed: readonly string[] } =>
  run?.report.kind === 'tests' ? run.report.tests : { passed: [], failed: [] };
