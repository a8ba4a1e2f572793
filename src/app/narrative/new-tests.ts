import { currentSnapshot, type GoalState } from '../../domain/goal/state.ts';
import { acceptedChecks } from '../../domain/held-out/evidence.ts';
import { hiddenOf } from '../../domain/held-out/options.ts';
import { assessFaults, faultsText } from '../../domain/judge/faults.ts';
import { assessOwnTests } from '../../domain/own-tests/assess.ts';
import { isApproved } from '../../domain/planner/approval.ts';
import type { NarrativeLine } from './line.ts';

/** Who says that the goal is done, where agents wrote the tests that show it, and how closely those look. */
export function newTests(state: GoalState): readonly NarrativeLine[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (state.status !== 'ready' || candidate === undefined) return [];
  const own = assessOwnTests(state, candidate);
  if (own.kind !== 'shown') return [];
  const checks = acceptedChecks(state);
  const { agent, options } = state.created ?? {};
  return [
    {
      kind: 'new_tests',
      tests: own.added.length,
      by: (checks ? options?.roleAgents?.oracle?.name : undefined) ?? agent?.name ?? null,
      before: checks !== null,
      hidden: checks ? hiddenOf(state).length : 0,
      approved: isApproved(state),
      faults: faultsText(assessFaults(state, candidate)),
    },
  ];
}
