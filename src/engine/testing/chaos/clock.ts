import type { Clock } from '../../../world/clock/port.ts';
import type { Chance } from './chance.ts';

/** A clock that goes on by chance with every reading, and is set now and then; its timers fire as the event loop turns. */
export interface WildClock extends Clock {
  /** Lets timers fire, and calls back at every turn, until the function returned is called. */
  goOn(act: () => void): () => void;
}

export function wildClock(chance: Chance): WildClock {
  let wall = Date.parse('2026-01-31T12:00:00.000Z');
  let since = 0;
  const timers = new Set<() => void>();
  const add = (act: () => void): (() => void) => {
    timers.add(act);
    return () => void timers.delete(act);
  };
  const go = (ms: number): void => {
    wall += ms;
    since += ms;
  };
  return {
    now: () => {
      go(chance.below(50));
      if (chance.once(200)) wall += chance.below(100_000) - 50_000;
      return wall;
    },
    monotonic: () => {
      go(chance.below(50));
      return since + 0.5;
    },
    random: (bytes) => new Uint8Array(bytes).map(() => chance.below(256)),
    sleep: async (ms) => {
      go(ms);
      await new Promise((done) => setImmediate(done));
    },
    after: (_ms, act) => {
      const cancel = add(() => (cancel(), act()));
      return cancel;
    },
    every: (_ms, act) => add(act),
    goOn: (act) => {
      let isOn = true;
      const turn = (): void => {
        if (!isOn) return;
        for (const timer of timers) if (chance.once(8)) timer();
        act();
        setImmediate(turn);
      };
      setImmediate(turn);
      return () => {
        isOn = false;
        timers.clear();
      };
    },
  };
}
