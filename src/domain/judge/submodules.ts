import { judgeGate } from '../evidence/judge-gate.ts';
import type { GateSpec } from '../gates/gate.ts';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';

/** Required gates that could not be measured because a given change moves a submodule. */
export const unmeasuredBySubmodule = (state: GoalState, candidate: TreeId): readonly GateSpec[] =>
  (state.policy?.gates ?? []).filter((gate) => {
    const found = gate.required && state.created?.given ? judgeGate(state, gate, candidate) : null;
    return found?.verdict.kind === 'not_measured' && found.verdict.code === 'E_SUBMODULE_MOVED';
  });
