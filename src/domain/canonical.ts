/** A value that canonical JSON can express: no `undefined`, and numbers are safe integers. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * Canonical JSON (RFC 8785 for the values allowed here): keys sorted by UTF-16 code units, no space,
 * integers only, members that are `undefined` left out. Throws `TypeError` for anything else, so that one value has one text.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`not a safe integer: ${value}`);
    return String(value);
  }
  // `Array.from`, so that a hole is met like any other `undefined`.
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join(',')}]`;
  if (isPlain(value)) {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => {
        if (a < b) return -1;
        return a > b ? 1 : 0;
      })
      .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${entries.join(',')}}`;
  }
  throw new TypeError(`not JSON: ${typeof value}`);
}

/** Not a `Map`, a `Date` or another object that would come out empty. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a text is the canonical one of the value that it was parsed to. */
export function isCanonical(text: string, value: unknown): boolean {
  // Parsed members keep the order of the text, so that most values need not be written anew to see that they are in order.
  if (JSON.stringify(value) === text && isInOrder(value)) return true;
  try {
    return canonical(value) === text;
  } catch {
    return false;
  }
}

function isInOrder(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let before = '';
  for (const [key, member] of Object.entries(value)) {
    if (key < before || !isInOrder(member)) return false;
    before = key;
  }
  return true;
}
