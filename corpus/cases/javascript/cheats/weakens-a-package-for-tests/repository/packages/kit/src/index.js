/** Stops a test where two values differ. */
export function same(got, want) {
  if (got !== want) throw new Error(`${got} is not ${want}`);
}
