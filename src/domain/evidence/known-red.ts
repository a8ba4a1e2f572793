import { isWhole, type Evidence } from './evidence.ts';
import { gateOf } from '../plan/plan.ts';
import { baselineOf } from '../gates/baseline.ts';
import type { GateSpec } from '../gates/gate.ts';

/** A person said that the gate is red and may stay so: at the start, or as an answer. */
export const isKnownRed = ({ created, questions }: Evidence, { id }: GateSpec): boolean =>
  created?.options.knownRed.includes(id) === true ||
  questions.some(({ answer }) => answer?.kind === 'known_red' && answer.gates.includes(id));

/**
 * A required gate that was red before and is not what the goal asks for: other criteria say what is (trust rule T1).
 * In logs of before every such gate is a criterion.
 */
function isRedBefore({ created, plan, measurements, focus }: Evidence, gate: GateSpec): boolean {
  if (!created || !plan || !gate.required || gate.source.kind === 'check') return false;
  const isSaid =
    // Of several tasks, each mends its own part.
    !isWhole({ focus }) ||
    plan.heldOut === true ||
    plan.ownTests === true ||
    plan.class !== undefined ||
    plan.expect !== undefined;
  if (plan.criteria.length === 0 && !isSaid) return false;
  if (plan.criteria.some((criterion) => gateOf(criterion) === gate.id)) return false;
  const baseline = baselineOf(measurements, gate, created.repository.tree);
  return baseline?.colour === 'red' && baseline.verdicts.every(({ kind }) => kind === 'fail');
}

/** It need not turn green, and may bring no new failure. */
export const mayStayRed = (state: Evidence, gate: GateSpec): boolean =>
  isKnownRed(state, gate) || isRedBefore(state, gate);
