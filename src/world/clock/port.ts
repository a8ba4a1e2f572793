/** Time and chance, injected everywhere so that runs can be repeated. */
export interface Clock {
  /** Milliseconds since the epoch, wall clock. */
  now(): number;
  /** Milliseconds, monotonic, for durations. */
  monotonic(): number;
  random(bytes: number): Uint8Array;
}
