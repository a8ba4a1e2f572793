import { judgeGate } from '../../domain/evidence/judge-gate.ts';
import { currentSnapshot, type GoalState } from '../../domain/goal/state.ts';
import { assessHeldOut } from '../../domain/held-out/assess.ts';
import { heldOutOf, hiddenOf } from '../../domain/held-out/options.ts';
import type { NarrativeLine } from './line.ts';

/** What each gate says of the newest candidate; nothing before there is one. */
export function gatesOf(state: GoalState): readonly NarrativeLine[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (candidate === undefined || !state.examined.has(candidate)) return [];
  return (state.policy?.gates ?? []).map((gate): NarrativeLine => {
    const unknown = {
      kind: 'gate',
      gate: gate.id,
      verdict: null,
      flaky: false,
      passed: null,
    } as const;
    const assessment = judgeGate(state, gate, candidate);
    if (assessment === null) return unknown;
    const { verdict, evidence, flaky } = assessment;
    const report = evidence[0]?.report;
    const passed = report?.kind === 'tests' ? report.tests.passed.length : null;
    return { ...unknown, verdict, flaky: flaky.length > 0, passed };
  });
}

/** What checks say that the agent did not write; nothing before there is a candidate. */
export function checksOf(state: GoalState): readonly NarrativeLine[] {
  const candidate = currentSnapshot(state)?.candidate;
  const files = heldOutOf(state)?.paths.length ?? 0;
  if (candidate === undefined) return [];
  const found = assessHeldOut(state, candidate).kind;
  if (found === 'none') return [];
  const hidden = hiddenOf(state).length;
  const counts = [
    { hidden: true, files: files === 0 ? 0 : hidden },
    { hidden: false, files: files - hidden },
  ];
  return counts.filter((each) => each.files > 0).map((each): NarrativeLine => ({ kind: 'checks', ...each, found }));
}
