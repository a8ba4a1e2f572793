import { everyAttempt } from '../../domain/goal/state.ts';
import type { GateSpec } from '../../domain/gates/gate.ts';
import { hiddenOf } from '../../domain/held-out/options.ts';
import { isApproved } from '../../domain/planner/approval.ts';
import { assessHeldOut } from '../../domain/held-out/assess.ts';
import { assessed, runsOf } from './gate.ts';
import type { Facts } from './facts.ts';

/** What the run showed beyond `ready`, each word only where all of it was so. `FAILED` for every other status. */
export function verifiedLevels(facts: Facts): readonly string[] {
  if (facts.status !== 'ready') return ['FAILED'];
  const required = (facts.state.policy?.gates ?? []).filter((gate) => gate.required);
  const counted = required.filter((gate) => gate.reader !== 'exit_only');
  const accepted = facts.gaps.some((gap) => gap.code === 'K_CONTRACT_ACCEPTED');
  return [
    'OMK_READY',
    'OMK_GATES_PINNED',
    ...(all(counted, (gate) => passed(facts, gate)) && !accepted ? ['OMK_BASE_TESTS_PASS'] : []),
    ...(all(required, (gate) => sandboxed(facts, gate)) ? ['OMK_SANDBOXED'] : []),
    ...(agentSandboxed(facts) ? ['OMK_AGENT_SANDBOXED'] : []),
    ...(all(counted, (gate) => canary(facts, gate)) ? ['OMK_CANARY'] : []),
    ...(heldOut(facts) ? ['OMK_HELD_OUT'] : []),
    ...(isApproved(facts.state) ? ['OMK_ORACLE_APPROVED'] : []),
  ];
}

/** Of nothing, nothing was shown. */
const all = <T>(list: readonly T[], holds: (item: T) => boolean): boolean => list.length > 0 && list.every(holds);

function passed(facts: Facts, gate: GateSpec): boolean {
  const assessment = assessed(facts, gate);
  return assessment?.verdict.kind === 'pass' && assessment.flaky.length === 0;
}

function canary(facts: Facts, gate: GateSpec): boolean {
  const assessment = assessed(facts, gate);
  return assessment?.canary === 'caught' || assessment?.canary === 'needless';
}

/** Held out from an agent only where it could not look, and neither could what the checks judge carry them out. */
const heldOut = (facts: Facts): boolean =>
  facts.candidate !== null &&
  hiddenOf(facts.state).length > 0 &&
  assessHeldOut(facts.state, facts.candidate).kind === 'shown' &&
  !facts.gaps.some(({ code }) => code === 'K_HELD_OUT_IN_SIGHT');

const sandboxed = (facts: Facts, gate: GateSpec): boolean =>
  all(runsOf(facts, gate), (run) => run.sandbox.kind !== 'none');

const agentSandboxed = ({ state }: Facts): boolean =>
  all(
    everyAttempt(state).flatMap((attempt) => attempt.turns),
    (turn) => turn.sandbox !== null && turn.sandbox.kind !== 'none',
  );
