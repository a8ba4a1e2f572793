import { heldOutOf, hiddenOf, visibleOf } from '../held-out/options.ts';
import { judgeGate } from '../evidence/judge-gate.ts';
import { baselineOf, isGood } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { currentSnapshot, type GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import { assessEvidence } from '../judge/evidence.ts';
import { assessOwnTests, takenAway } from '../own-tests/assess.ts';

/** What one gate showed of the delivered tree. */
export interface CheckedGate {
  readonly gate: string;
  readonly passes: boolean;
  /** Null where no report of tests was read. */
  readonly passed: number | null;
  /** Tests that passed on the base and pass still; null where none were counted. */
  readonly kept: number | null;
  /** Tests that failed on the base and pass now; null where none were counted. */
  readonly mended: number | null;
  readonly canary: boolean;
}

export function checkedGates(state: GoalState): readonly CheckedGate[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (candidate === undefined) return [];
  return (state.policy?.gates ?? []).filter(({ skip }) => !skip).map((gate) => checked(state, gate, candidate));
}

function checked(state: GoalState, gate: GateSpec, candidate: string): CheckedGate {
  const assessment = judgeGate(state, gate, candidate);
  if (assessment === null)
    return { gate: gate.id, passes: false, passed: null, kept: null, mended: null, canary: false };
  const report = assessment.evidence[0]?.report;
  const passed = report?.kind === 'tests' ? report.tests.passed : null;
  const baseline = baselineOf(state.measurements, gate, state.created?.repository.tree ?? '');
  return {
    gate: gate.id,
    passes: assessment.verdict.kind === 'pass',
    passed: passed?.length ?? null,
    kept: passed && baseline ? passed.filter((id) => isGood(baseline, id)).length : null,
    mended:
      passed && baseline ? passed.filter((id) => baseline.failing.has(id) && !baseline.unstable.has(id)).length : null,
    canary: assessment.canary === 'caught',
  };
}

/** What would fail if the change were taken back, a sentence each. */
export function guards(state: GoalState): readonly string[] {
  const candidate = currentSnapshot(state)?.candidate;
  if (candidate !== undefined && state.created?.given) return guardsOfGiven(state, candidate);
  const own = candidate === undefined ? null : assessOwnTests(state, candidate);
  const heldOut = hiddenOf(state).length;
  const mended = checkedGates(state).filter((gate) => (gate.mended ?? 0) > 0);
  return [
    ...mended.map(
      ({ gate, mended: count }) => `gate ${gate}: ${many(count ?? 0, 'test')} that failed on the base pass now`,
    ),
    ...(state.plan?.criteria ?? []).map(({ text }) => `criterion: ${text}`),
    ...(heldOut > 0
      ? [`${many(heldOut, 'held-out test file')}, which the agent never saw, fail on the base and pass now`]
      : []),
    ...(visibleOf(state).length > 0
      ? [
          `${many(visibleOf(state).length, 'test file')}, which the agent could not change, fail on the base and pass now`,
        ]
      : []),
    ...(own?.kind === 'shown'
      ? [`${own.noticed.length} of ${own.added.length} new tests fail where ${takenAway(own.hollowed)}`]
      : []),
  ];
}

/** The same of a change that was judged as it was given: its author wrote the tests. */
function guardsOfGiven(state: GoalState, candidate: TreeId): readonly string[] {
  const found = assessEvidence(state, candidate);
  const fixes = new Set(found.kind === 'shown' ? found.fixes : []);
  const shallow = found.kind === 'shown' ? found.shallow.length + found.untried.length : 0;
  const more = found.kind === 'shown' ? found.guards.filter((id) => !fixes.has(id)).length : 0;
  const heldOut = heldOutOf(state)?.paths.length ?? 0;
  return [
    ...(fixes.size > shallow ? [`${many(fixes.size - shallow, 'test')} red without the change, green with it`] : []),
    ...(shallow > 0
      ? [
          `${many(shallow, 'test')} red without the change, green with it, and not seen to fail where its functions do nothing`,
        ]
      : []),
    ...(more > 0 ? [`${many(more, 'new test')} red when what the change does is taken out`] : []),
    ...(state.plan?.criteria ?? []).map(({ text }) => `criterion: ${text}`),
    ...(heldOut > 0 ? [`${many(heldOut, 'held-out test file')}: red without the change, green with it`] : []),
  ];
}

const many = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
