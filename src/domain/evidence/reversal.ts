import type { Evidence } from './evidence.ts';
import type { Examined } from '../contract/examined.ts';
import type { Baseline } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { measuredVerdict } from '../gates/measured.ts';
import { isShort, nextRound } from './settle-runs.ts';

export type Reversal =
  /** Nothing but tests and product changed, or nothing was red that could stay red. */
  | { readonly kind: 'needless' }
  | { readonly kind: 'wanted'; readonly round: number; readonly alone?: true }
  /** `passes`: what was red and passes without the product: what else changed makes it so. */
  | { readonly kind: 'ran'; readonly runs: readonly Measurement[]; readonly passes: readonly string[] };

/** Whether what was red at the base stays red where everything but the product is the candidate's. */
export function reversalOf(state: Evidence, gate: GateSpec, baseline: Baseline, { reversal }: Examined): Reversal {
  const red = [...baseline.failing].filter((id) => baseline.expected.has(id));
  if (reversal === undefined || baseline.colour !== 'red') return { kind: 'needless' };
  const runs = measuredOn(state.measurements, reversal.tree).filter(
    (each) => each.gate === gate.id && each.purpose === 'reversal',
  );
  const last = runs.at(-1);
  if (!last) return { kind: 'wanted', round: 1 };
  if (isShort(runs)) return { kind: 'wanted', round: nextRound(runs), alone: true };
  const passed = last.report.kind === 'tests' ? last.report.tests.passed : [];
  const now = passed.filter((id) => red.includes(id) || baseline.broken.some((path) => id.startsWith(path)));
  const isGreen = measuredVerdict(gate, last).kind === 'pass';
  return { kind: 'ran', runs, passes: now.length === 0 && isGreen ? [`gate ${gate.id}`] : now };
}
