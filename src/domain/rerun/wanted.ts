import { isSealed } from '../held-out/options.ts';
import type { GateRun } from '../gates/gate-run.ts';
import { judgeGate, runsWanted } from '../evidence/judge-gate.ts';
import { baselineRuns } from '../gates/baseline.ts';
import type { Measurement } from '../gates/evidence.ts';
import type { GateSpec } from '../gates/gate.ts';
import { roundsWanted } from '../evidence/rounds.ts';
import type { GoalState } from '../goal/state.ts';
import { assessHeldOut } from '../held-out/assess.ts';
import { assessOracle } from '../held-out/oracle.ts';
import type { TreeId } from '../ids.ts';
import { assessEvidence } from '../judge/evidence.ts';
import { assessOwnTests } from '../own-tests/assess.ts';

/**
 * The runs still wanted to judge a candidate again from evidence of this machine alone, those of one stage at once; empty when all is
 * there. Only what was judged in the recorded state is judged again.
 */
export function wantedAgain(
  state: GoalState,
  recorded: GoalState,
  candidate: TreeId | null,
  isAsked: (gate: string) => boolean,
): readonly GateRun[] {
  const gates = (state.policy?.gates ?? []).filter((gate) => !gate.skip && isAsked(gate.id) && ran(recorded, gate));
  const base = state.created?.repository.tree ?? '';
  const baseline = gates.flatMap((gate) =>
    roundsWanted(gate, { purpose: 'baseline', tree: base, canaryBase: null }, (round) =>
      baselineRuns(state.measurements, gate, base, round),
    ),
  );
  if (baseline.length > 0) return baseline;
  // What cannot run on the base here cannot run on the candidate either.
  const able = new Set(gates.filter((gate) => !state.measurements.some(isUnable(gate))).map(({ id }) => id));
  const those = (runs: readonly GateRun[]): readonly GateRun[] => runs.filter(({ gate }) => able.has(gate));
  const hides = isSealed(state);
  const oracle = hides ? null : assessOracle(state);
  if (oracle?.kind === 'needs' && those(oracle.runs).length > 0) return those(oracle.runs);
  if (candidate === null) return [];
  const own = gates.flatMap((gate) => {
    if (judgeGate(recorded, gate, candidate) === null) return [];
    const found = runsWanted(state, gate, candidate);
    return found === null ? [] : [found.run];
  });
  if (those(own).length > 0) return those(own);
  const given = recorded.measurements.some(({ purpose }) => purpose === 'hollow')
    ? assessEvidence(state, candidate)
    : null;
  if (given?.kind === 'needs' && those(given.runs).length > 0) return those(given.runs);
  const ofWorker = recorded.hollowed.has(candidate) ? assessOwnTests(state, candidate) : null;
  if (ofWorker?.kind === 'needs' && those(ofWorker.runs).length > 0) return those(ofWorker.runs);
  const heldOut = hides ? null : assessHeldOut(state, candidate);
  return heldOut?.kind === 'needs' ? those(heldOut.runs) : [];
}

const ran = ({ measurements }: GoalState, { id }: GateSpec): boolean => measurements.some(({ gate }) => gate === id);

const isUnable =
  ({ id }: GateSpec) =>
  ({ gate, purpose, outcome }: Measurement): boolean =>
    gate === id && purpose === 'baseline' && outcome.kind === 'not_started';
