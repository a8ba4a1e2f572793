import type { Evidence } from './evidence.ts';
import type { TreeId } from '../ids.ts';
import { alteredOf } from './altered.ts';
import type { GateRun } from '../gates/gate-run.ts';
import type { Baseline } from '../gates/baseline.ts';
import { besideAt } from '../gates/beside.ts';
import type { Measurement, Purpose } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { isPlain } from './settle-runs.ts';
import { furtherRun } from './steady.ts';

/** A candidate that holds so far: what its verdict rests on. */
interface Held {
  readonly gate: GateSpec;
  readonly baseline: Baseline;
  readonly run: Measurement;
  /** What `run` is for. */
  readonly purpose: Purpose;
  readonly base: TreeId;
  readonly candidate: TreeId;
  readonly decisive: TreeId;
}

/**
 * Runs that a pass needs after the one that is waited for, and that nothing of it decides: they begin beside it, so that a verdict takes
 * as many runs one after the other as it has to.
 */
export function aheadOf(state: Evidence, held: Held): readonly GateRun[] {
  const { gate, baseline, run, purpose, base, candidate, decisive } = held;
  if (state.created?.options.ahead !== true) return [];
  const how = besideAt(state.measurements, gate, base);
  const examined = state.examined.get(candidate);
  if (how === null || !examined) return [];
  const first = { gate: gate.id, round: 1, canaryBase: null };
  const runs: GateRun[] = [];
  const round = furtherRun(state, gate, examined, decisive);
  if (round !== null) runs.push({ ...first, purpose, tree: decisive, round });
  const altered = alteredOf(state, gate, baseline, run);
  if (altered.kind === 'wanted' && altered.round === 1 && !altered.onBase && !altered.alone)
    runs.push({ ...first, purpose: 'altered', tree: decisive, canaryBase: base });
  const isDelivered = measuredOn(state.measurements, candidate).some((each) => each.gate === gate.id && isPlain(each));
  if (!isDelivered) runs.push({ ...first, purpose: 'candidate', tree: candidate });
  return how === 'spare' ? runs.map((each) => ({ ...each, spare: true })) : runs;
}
