import { createHmac, timingSafeEqual } from 'node:crypto';

export type Lines<T> =
  | { readonly kind: 'lines'; readonly lines: readonly T[] }
  | { readonly kind: 'invalid'; readonly detail: string };

/** Newline-delimited JSON, each line checked by `accept`, which returns null for what does not belong there. */
export function jsonLines<T>(text: string, accept: (value: unknown) => T | null): Lines<T> {
  const lines: T[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return { kind: 'invalid', detail: `line ${index + 1} of the report is not JSON` };
    }
    const accepted = accept(value);
    if (accepted === null) return { kind: 'invalid', detail: `line ${index + 1} of the report has an unknown shape` };
    lines.push(accepted);
  }
  return { kind: 'lines', lines };
}

/** Whether the last line of a report seals everything before it with the key that only its reporter had. */
export function isSealed(report: Buffer, key: Buffer): boolean {
  const end = report.lastIndexOf('\n', report.length - 2) + 1;
  const match = /^\{"seal": ?"([0-9a-f]{64})"\}\n$/.exec(report.subarray(end).toString('latin1'));
  if (match?.[1] === undefined) return false;
  const expected = createHmac('sha256', key).update(report.subarray(0, end)).digest();
  return timingSafeEqual(expected, Buffer.from(match[1], 'hex'));
}

/** The key of the run that follows one with this key, as `seal.cjs` makes it. */
export const nextKey = (key: Buffer): Buffer => Buffer.from(createHmac('sha256', key).update('next').digest('hex'));
