/** Time, waiting and chance, injected everywhere so that runs can be repeated. */
export interface Clock {
  /** Milliseconds since the epoch, wall clock. */
  now(): number;
  /** Milliseconds, monotonic, for durations. */
  monotonic(): number;
  /** The zone that the machine lives in, such as `Europe/Berlin`. Absent: UTC. */
  zone?(): string;
  random(bytes: number): Uint8Array;
  /** Waits `ms`, less when the signal aborts; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `act` once after `ms`; the function returned cancels it. */
  after(ms: number, act: () => void): () => void;
  /** Calls `act` every `ms` until the function returned is called. */
  every(ms: number, act: () => void): () => void;
}
