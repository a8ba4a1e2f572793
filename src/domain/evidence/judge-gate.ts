import type { GateSpec } from '../gates/gate.ts';
import type { TreeId } from '../ids.ts';
import { assess, type Assessment, type GateJudgement, type WantedRuns } from './assess.ts';
import type { Evidence } from './evidence.ts';

/** What is known of a gate and a tree follows from evidence, which is a value: it is worked out once for both questions. */
const KNOWN = new WeakMap<Evidence, WeakMap<GateSpec, Map<TreeId, Assessment>>>();

/** The verdict of one gate on one tree from all that was measured; null while a run is needed to tell. */
export function judgeGate(state: Evidence, gate: GateSpec, tree: TreeId): GateJudgement | null {
  const found = assessed(state, gate, tree);
  return found.kind === 'judged' ? found : null;
}

/** The next run that is needed to judge one gate on one tree, with those that need not wait for it; null when it is judged. */
export function runsWanted(state: Evidence, gate: GateSpec, tree: TreeId): WantedRuns | null {
  const found = assessed(state, gate, tree);
  return found.kind === 'needs' ? found : null;
}

function assessed(state: Evidence, gate: GateSpec, tree: TreeId): Assessment {
  const ofGate = KNOWN.get(state) ?? new WeakMap<GateSpec, Map<TreeId, Assessment>>();
  const ofTree = ofGate.get(gate) ?? new Map<TreeId, Assessment>();
  KNOWN.set(state, ofGate.set(gate, ofTree));
  // Before there is a base there is no baseline either.
  const base = state.created?.repository.tree ?? '';
  const found = ofTree.get(tree) ?? assess(state, gate, { base, tree });
  ofTree.set(tree, found);
  return found;
}
