import type { GateRun } from '../evidence/assess.ts';
import type { GateSpec } from '../gates/gate.ts';
import { COMPLETED, examinedOf, exits, FIX, gateSpec, shows, snapshotOf, type Shown } from './build.ts';
import { CARRIES, HIDDEN } from './held-out.ts';
import { CANARY } from './ready.ts';
import type { World } from './simulate.ts';
import { tapeWorld, type Tape } from './tape.ts';

/**
 * A world in which anything happens to other candidates, but from the `after`-th turn on the agent leaves an honest fix,
 * and a person resumes what stops and refuses every other candidate.
 */
export function honestWorld(tape: Tape, after: number): World {
  const rest = tapeWorld(tape, 4);
  const red = gateSpec({ id: 'red', reader: tape.pick('node-test', 'pytest') });
  const gates = [red, ...rest.policy.gates.map((gate) => ({ ...gate, skip: gate.skip && !gate.required }))];
  const seen = new Set<string>();
  let stops = 40;
  return {
    ...rest,
    policy: { gates, file: null },
    measure(run, state) {
      if (run.purpose === 'baseline' || run.purpose === 'oracle' || run.tree === FIX)
        return fixed(
          run,
          gates.find(({ id }) => id === run.gate),
        );
      const shown = rest.measure(run, state);
      // A sandbox that never works again is not the agent's to mend.
      return shown.outcome.kind === 'not_started' && shown.outcome.at === 'sandbox' ? exits(1) : shown;
    },
    turn: (attempt, turn) => {
      seen.add(`${attempt}:${turn}`);
      return seen.size > after ? { outcome: COMPLETED, leaves: snapshotOf(FIX) } : rest.turn(attempt, turn);
    },
    examine: (candidate) => (candidate === FIX ? examinedOf(FIX) : rest.examine(candidate)),
    answer: () => ({ kind: 'reject', note: 'no' }),
    whenStopped: () => (stops-- > 0 ? 'resume' : 'leave'),
    fault: (intent) => {
      const fault = rest.fault(intent);
      return fault === 'cancel' ? 'crash' : fault;
    },
  };
}

function fixed({ purpose, canaryBase, heldOut }: GateRun, gate: GateSpec | undefined): Shown {
  const isRed = purpose === 'baseline' && gate?.id === 'red';
  if (gate?.reader === 'exit_only') return exits(0);
  if (purpose === 'oracle') return shows({ passed: ['a'], failed: ['b', CARRIES] });
  if (heldOut)
    return canaryBase === null
      ? shows({ passed: ['a', 'b', CARRIES] })
      : shows(
          { passed: ['a', 'b', CARRIES], failed: [`${HIDDEN} > ${CANARY.name}`] },
          { canary: { ...CANARY, file: HIDDEN } },
        );
  if (canaryBase !== null) return shows({ passed: ['a', 'b'], failed: [CANARY.name] }, { canary: CANARY });
  return isRed ? shows({ passed: ['a'], failed: ['b'] }) : shows({ passed: ['a', 'b'] });
}
