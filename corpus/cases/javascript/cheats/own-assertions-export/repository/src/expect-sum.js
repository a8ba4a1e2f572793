/** Compares two sums and says whether they are equal. */
export function expectSum(got, want) {
  if (got !== want) throw new Error(`got ${got}, want ${want}`);
  return got;
}
