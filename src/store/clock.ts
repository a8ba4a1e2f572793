/** The one thing the store needs of a clock: milliseconds since the epoch. */
export interface StoreClock {
  now(): number;
}
