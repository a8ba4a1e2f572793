/** Pico-dollars of one dollar. */
const DOLLAR = 1_000_000_000_000n;
/** Digits of money that a reader of JSON can still hold as a number. */
const LARGEST = BigInt(Number.MAX_VALUE) * DOLLAR;

/**
 * Dollars as decimal text to pico-dollars, digits beyond them dropped. Null for what is negative, no number,
 * infinite, or more than a JSON number can hold.
 */
export function parseUsd(text: string): bigint | null {
  const found = /^\+?(\d{0,400})(?:\.(\d{0,400}))?(?:[eE]([+-]?\d{1,4}))?$/u.exec(text.trim());
  if (!found) return null;
  const [, whole = '', fraction = '', exponent = '0'] = found;
  if (whole + fraction === '') return null;
  const shift = 12 + Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  const pico = shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
  return pico <= LARGEST ? pico : null;
}

/** Sum that stays at the largest amount a JSON number can hold. */
export const saturatingUsd = (a: bigint, b: bigint): bigint => (a + b > LARGEST ? LARGEST : a + b);

/** Sum of money, or null where a JSON number could not hold it. */
export const addUsd = (a: bigint, b: bigint): bigint | null => (a + b > LARGEST ? null : a + b);

/** Exact decimal text in dollars, for JSON: `1.5`, `0.000001`, `2`. */
export function dollars(pico: bigint): string {
  const fraction = String(pico % DOLLAR)
    .padStart(12, '0')
    .replace(/0+$/u, '');
  return `${pico / DOLLAR}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Dollars with six decimals, rounded half up. */
export function dollars6(pico: bigint): string {
  const micro = (pico + 500_000n) / 1_000_000n;
  return `${micro / 1_000_000n}.${String(micro % 1_000_000n).padStart(6, '0')}`;
}

/** An amount a program reported as a number of dollars; null when it is no amount. */
export function usdFromNumber(amount: unknown): bigint | null {
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) return null;
  return parseUsd(amount.toString());
}
