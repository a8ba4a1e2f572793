import { assess } from '../../../domain/evidence/assess.ts';
import { baselineOf } from '../../../domain/gates/baseline.ts';
import type { GateSpec } from '../../../domain/gates/gate.ts';
import { currentSnapshot, type GoalState } from '../../../domain/goal/state.ts';
import { gateOf } from '../../../domain/plan/plan.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

/** Where a goal ended short of ready for what failed before any change: how to say that it is not the goal. */
export function redBeforeLines(state: GoalState): readonly string[] {
  if (state.status !== 'not_ready') return [];
  return (state.plan?.criteria ?? []).flatMap((criterion) => {
    const gate = state.policy?.gates.find(({ id }) => id === gateOf(criterion));
    return gate && gate.source.kind !== 'check' ? offer(state, gate) : [];
  });
}

function offer(state: GoalState, gate: GateSpec): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  if (candidate === undefined || !baseline || !state.examined.has(candidate)) return [];
  const assessment = assess(state, gate, candidate);
  if (assessment.kind !== 'judged' || assessment.verdict.kind !== 'fail') return [];
  const report = assessment.evidence[0]?.report;
  const failed = report?.kind === 'tests' ? report.tests.failed : [];
  const old = failed.filter((id) => baseline.failing.has(id));
  if (failed.length > 0 && old.length === 0) return [];
  const which =
    old.length === 0 ? '' : ` (${cleanLine(old.slice(0, 3).join('; '), 200)}${old.length > 3 ? '; …' : ''})`;
  const what = old.length === 0 ? 'this gate' : `${old.length} of ${failed.length} failing tests${which}`;
  return [
    `  before   ${gate.id}: ${what} failed before any change. If that is not the goal: omk run ` +
      `--known-red ${gate.id} --check "<command that fails now and must pass>" "<goal>"`,
  ];
}
