/** The largest number of seconds or tokens omk counts to. */
export const U64_MAX = 18_446_744_073_709_551_615n;

/** An unsigned 64-bit integer in decimal, a leading `+` allowed; null for anything else. */
export function parseU64(text: string): bigint | null {
  const digits = /^\+?(\d{1,400})$/u.exec(text.trim())?.[1];
  if (digits === undefined) return null;
  const value = BigInt(digits);
  return value <= U64_MAX ? value : null;
}

/** A stored count: decimal text from a log. Throws `TypeError` for what omk never writes. */
export function storedInteger(text: string): bigint {
  if (!/^\d{1,400}$/u.test(text)) throw new TypeError(`not a stored count: ${text}`);
  return BigInt(text);
}

/** Sum that stays at the largest number. */
export const saturatingAdd = (a: bigint, b: bigint): bigint => (a + b > U64_MAX ? U64_MAX : a + b);

/** Difference that stays at zero. */
export const saturatingSub = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);

/** Sum, or null where it is more than the largest number. */
export const checkedAdd = (a: bigint, b: bigint): bigint | null => (a + b > U64_MAX ? null : a + b);
