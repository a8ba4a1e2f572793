import { judgeGate } from '../../domain/evidence/judge-gate.ts';
import { baselineOf } from '../../domain/gates/baseline.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import { currentSnapshot, type GoalState } from '../../domain/goal/state.ts';
import { gateOf } from '../../domain/plan/plan.ts';
import type { NarrativeLine } from './line.ts';

/** Where a goal ended short of ready for what failed before any change. */
export function redBefore(state: GoalState): readonly NarrativeLine[] {
  if (state.status !== 'not_ready') return [];
  return (state.plan?.criteria ?? []).flatMap((criterion) => {
    const gate = state.policy?.gates.find(({ id }) => id === gateOf(criterion));
    return gate && gate.source.kind !== 'check' ? ofGate(state, gate) : [];
  });
}

function ofGate(state: GoalState, gate: GateSpec): readonly NarrativeLine[] {
  const candidate = currentSnapshot(state)?.candidate;
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  if (candidate === undefined || !baseline || !state.examined.has(candidate)) return [];
  const assessment = judgeGate(state, gate, candidate);
  if (assessment?.verdict.kind !== 'fail') return [];
  const report = assessment.evidence[0]?.report;
  const failed = report?.kind === 'tests' ? report.tests.failed : [];
  const tests = failed.filter((id) => baseline.failing.has(id));
  if (failed.length > 0 && tests.length === 0) return [];
  return [{ kind: 'red_before', gate: gate.id, tests, failing: failed.length }];
}
