import type { GateSpec } from '../../gates/gate.ts';
import { withRun } from '../../gates/measured-on.ts';
import type { GoalState } from '../../goal/state.ts';
import type { Folds } from './fold.ts';

/** What was measured, and what candidates are. */
export const EVIDENCE_FOLDS: Folds<
  | 'policy.resolved'
  | 'dependencies.prepared'
  | 'gate.measured'
  | 'checks.added'
  | 'facts.read'
  | 'command.observed'
  | 'candidate.examined'
  | 'candidate.hollowed'
  | 'held_out.revealed'
> = {
  'policy.resolved': (state, { policy }) => ({ ...state, policy: { ...policy, gates: asAsked(state, policy.gates) } }),
  'dependencies.prepared': (state, data) => ({ ...state, dependencies: data }),
  'gate.measured': (state, data) => ({ ...state, measurements: withRun(state.measurements, data) }),
  'checks.added': (state, { gates }) =>
    state.policy
      ? {
          ...state,
          plan: null,
          policy: { ...state.policy, gates: [...state.policy.gates, ...asAsked(state, gates)] },
        }
      : state,
  'facts.read': (state, { tree, holds }) => ({ ...state, facts: new Map(state.facts).set(tree, holds) }),
  'command.observed': (state, data) => ({ ...state, observed: [...state.observed, data] }),
  'candidate.examined': (state, data) => ({ ...state, examined: new Map(state.examined).set(data.candidate, data) }),
  'candidate.hollowed': (state, data) => ({ ...state, hollowed: new Map(state.hollowed).set(data.candidate, data) }),
  'held_out.revealed': (state, data) => ({ ...state, revealed: data }),
};

/** Gates with what the goal's options say of all of them. */
const asAsked = ({ created }: GoalState, gates: readonly GateSpec[]): readonly GateSpec[] =>
  created?.options.baseline === 'once' ? gates.map((gate) => ({ ...gate, baselineRuns: 1 })) : gates;
