import { type Evidence, answerTo } from './evidence.ts';
import type { TreeId } from '../ids.ts';
import { baselineOf } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';
import { judgeRun, type Removals } from './judge-run.ts';
import { measuredOn } from '../gates/measured-on.ts';
import { isPlain } from './settle-runs.ts';

export const contractAccepted = (state: Evidence, candidate: TreeId): boolean =>
  answerTo(state, 'contract_changed', candidate)?.kind === 'accept';

/**
 * Tests that may be gone from a candidate. Where a person accepted the same changes in another tree, no more than were gone there: what
 * else the candidate changes can keep tests from being run, and nobody saw that.
 */
export function removalsOf(state: Evidence, gate: GateSpec, candidate: TreeId): Removals {
  const answer = answerTo(state, 'contract_changed', candidate);
  if (answer?.kind !== 'accept') return 'none';
  if (answer.as === undefined) return 'accepted';
  const base = state.created?.repository.tree;
  const baseline = base === undefined ? null : baselineOf(state.measurements, gate, base);
  if (baseline === null) return 'none';
  const seen = state.questions.filter(({ question }) => answer.as?.includes(question.id));
  const gone = seen.flatMap(({ question: { subject } }) => {
    const run = measuredOn(state.measurements, subject).findLast((each) => each.gate === gate.id && isPlain(each));
    const isWhole = run?.report.kind === 'tests' && run.outcome.kind === 'exited';
    return isWhole ? judgeRun(state, gate, baseline, run, 'none').missing : [];
  });
  return { only: new Set(gone) };
}
