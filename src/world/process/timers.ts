/** Time for everything that waits on processes, injected so that tests do not wait. */
export interface Timers {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls `then` once after `ms`; the function returned cancels it. */
  after(ms: number, then: () => void): () => void;
}

export const realTimers: Timers = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** Resolves after `ms`. */
export const pause = (timers: Timers, ms: number): Promise<void> => new Promise((resolve) => timers.after(ms, resolve));
