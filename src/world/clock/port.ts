/** Time and chance, injected everywhere so that runs can be repeated. */
export interface Clock {
  /** Milliseconds since the epoch, wall clock. */
  now(): number;
  /** Milliseconds, monotonic, for durations. */
  monotonic(): number;
  /** The zone that the machine lives in, such as `Europe/Berlin`. Absent: UTC. */
  zone?(): string;
  random(bytes: number): Uint8Array;
}
