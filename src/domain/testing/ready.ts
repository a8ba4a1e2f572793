import type { GoalEvent } from '../goal/event.ts';
import type { GateSpec } from '../gates/gate.ts';
import { simulate, type Simulation, type World } from './simulate.ts';
import { COMPLETED, examinedOf, FIX, gateSpec, policyOf, shows, snapshotOf } from './build.ts';

export const CANARY = { file: 'a.test.js', name: 'omk canary 1f' };

/** A red gate, an agent that mends it at once, and a person who only watches: the plainest way to `ready`. */
export function world(more: Partial<World> = {}): World {
  return {
    policy: policyOf(gateSpec()),
    options: {},
    measure: ({ purpose }) => {
      if (purpose === 'baseline') return shows({ passed: ['adds'], failed: ['subtracts'] });
      if (purpose === 'canary')
        return shows({ passed: ['adds', 'subtracts'], failed: [CANARY.name] }, { canary: CANARY });
      return shows({ passed: ['adds', 'subtracts'] });
    },
    turn: () => ({ outcome: COMPLETED, leaves: snapshotOf(FIX) }),
    examine: (candidate) => examinedOf(candidate),
    answer: () => null,
    checks: () => [],
    whenStopped: () => 'leave',
    fault: () => 'none',
    ...more,
  };
}

export const play = (more: Partial<World> = {}): Simulation => simulate(world(more));

export const gates = (...specs: readonly GateSpec[]): Pick<World, 'policy'> => ({ policy: policyOf(...specs) });

/** The events of a run that ends `ready`. */
export const endReady = (more: Partial<World> = {}): readonly GoalEvent[] => play(more).events;
