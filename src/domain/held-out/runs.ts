import { contractAccepted } from '../evidence/contract-accepted.ts';
import type { Measurement, Purpose } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { WithHeldOut } from './evidence.ts';
import { heldOutOf } from './options.ts';
import { isKnownRed } from '../evidence/known-red.ts';
import type { TreeId } from '../ids.ts';

/** The gates that run held-out checks: required ones whose tests are counted, and of which no failure is excused. */
export const heldOutGates = (state: WithHeldOut): readonly GateSpec[] =>
  (state.policy?.gates ?? []).filter((gate) => mayHoldOut(gate) && !isKnownRed(state, gate));

export const mayHoldOut = (gate: GateSpec): boolean =>
  gate.required && !gate.skip && gate.kind === 'test' && gate.reader !== 'exit_only';

/** The tree that a candidate's verdicts rest on, which held-out checks are laid over; null until it was examined. */
export const decisiveTree = (state: WithHeldOut, candidate: TreeId): TreeId | null =>
  contractAccepted(state, candidate) ? candidate : (state.examined.get(candidate)?.contract.tree ?? null);

/** Runs of a gate with the held-out checks laid over a tree. */
export const runsOver = (state: WithHeldOut, gate: GateSpec, purpose: Purpose, over: TreeId): readonly Measurement[] =>
  state.measurements.filter((each) => each.gate === gate.id && each.purpose === purpose && each.over === over);

/** Every run that held-out checks rest on, for the proof: the oracle's, then those of the candidate with their canary. */
export function heldOutRuns(state: WithHeldOut, gate: GateSpec, candidate: TreeId): readonly Measurement[] {
  const oracle = heldOutOf(state)?.oracle;
  const tree = decisiveTree(state, candidate);
  if (oracle === undefined) return [];
  return [
    ...runsOver(state, gate, 'oracle', oracle),
    ...(tree === null ? [] : [...runsOver(state, gate, 'held_out', tree), ...runsOver(state, gate, 'canary', tree)]),
  ];
}
