/** How often in a row the same outside failure is believed to be about one goal. */
const BELIEVED = 2;

/**
 * Why no further goal is started, or null: the newest goals to end failed outside of their work, all with the same code,
 * so that the next would only pay to fail in the same way. `ends`: the code of each end in order; null for any other.
 */
export function failsForAll(ends: readonly (string | null)[]): string | null {
  const newest = ends.slice(-BELIEVED);
  const [code] = newest;
  return newest.length === BELIEVED && code && newest.every((each) => each === code) ? code : null;
}
