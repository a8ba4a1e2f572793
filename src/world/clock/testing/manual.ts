import type { Clock } from '../port.ts';

/** A clock that goes only when it is told to. Milliseconds. */
export interface ManualClock extends Clock {
  /** Both clocks go on; what is due by then is called, in its order. */
  advance(ms: number): void;
  /** The wall clock is set, as a person or a network does; durations are not touched. */
  set(to: number): void;
}

interface Timer {
  readonly act: () => void;
  readonly every: number | null;
  due: number;
}

export function manualClock(start: number): ManualClock {
  let wall = start;
  let since = 0;
  const timers = new Set<Timer>();
  const add = (ms: number, every: number | null, act: () => void): (() => void) => {
    const timer: Timer = { act, every, due: since + ms };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const goTo = (at: number): void => {
    wall += at - since;
    since = at;
  };
  const next = (until: number): Timer | undefined =>
    [...timers].filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0];
  const clock: ManualClock = {
    now: () => wall,
    monotonic: () => since,
    random: (bytes) => new Uint8Array(bytes),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const cancel = add(ms, null, resolve);
        signal?.addEventListener('abort', () => (cancel(), resolve()), { once: true });
      }),
    after: (ms, act) => add(ms, null, act),
    every: (ms, act) => add(ms, ms, act),
    advance: (ms) => {
      const until = since + ms;
      for (let timer = next(until); timer; timer = next(until)) {
        goTo(timer.due);
        if (timer.every === null) timers.delete(timer);
        else timer.due += timer.every;
        timer.act();
      }
      goTo(until);
    },
    set: (to) => {
      wall = to;
    },
  };
  return clock;
}
