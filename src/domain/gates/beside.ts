import type { TreeId } from '../ids.ts';
import { baselineRounds, baselineRun } from './baseline.ts';
import type { Measurement } from './evidence.ts';
import type { GateSpec } from './gate.ts';
import { measuredOn } from './measured-on.ts';

/** Milliseconds. A run this short costs less than waiting for the verdict that may make it needless. */
export const QUICK_MS = 2_000;

/**
 * Whether a run that only a pass needs starts with the run that decides, instead of after it. `spare`: only where a place is free that
 * no other run wants, because it is for nothing when the run that decides fails.
 */
export function besideAt(
  measurements: readonly Measurement[],
  gate: GateSpec,
  base: TreeId,
): 'always' | 'spare' | null {
  // What the base showed may stand for the run that decides, and then there is nothing to catch.
  if (gate.inputs) return null;
  const runs = baselineRounds(gate).map((round) => baselineRun(measurements, gate, base, round));
  const took = runs.map((run) => (run?.report.kind === 'tests' ? tookMs(run) : Infinity));
  if (took.every((ms) => ms <= QUICK_MS)) return 'always';
  // Two at once are slower: neither may come near the limit.
  return took.every((ms) => ms <= gate.timeoutMs / 4) ? 'spare' : null;
}

/** The same for the canary run of a tree; null where it was made. */
export function runBeside(
  measurements: readonly Measurement[],
  gate: GateSpec,
  base: TreeId,
  tree: TreeId,
): 'always' | 'spare' | null {
  const isMade = measuredOn(measurements, tree).some((each) => each.gate === gate.id && each.purpose === 'canary');
  return isMade ? null : besideAt(measurements, gate, base);
}

/** What the execution took, wherever it was. */
const tookMs = (run: Measurement): number => run.cached?.from.durationMs ?? run.durationMs;
