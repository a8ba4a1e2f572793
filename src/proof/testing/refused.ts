import assert from 'node:assert/strict';
import type { VerifyCode } from '../verify/codes.ts';
import type { VerifyReport } from '../verify/report.ts';
import { failures } from './bundle.ts';
import type { Edit } from './forge.ts';

export const OTHER = 'd'.repeat(40);

export function refused(report: VerifyReport, code: VerifyCode): void {
  assert.ok(failures(report).includes(code), `wanted ${code}, got ${failures(report).join(' ') || 'no failure'}`);
}
export function refusedAtV0(report: VerifyReport, code: VerifyCode): void {
  refused(report, code);
  assert.equal(report.reached, 'none');
  assert.equal(report.proven, null);
}

/** Sets the value at a path that ends in these keys. */
export const set =
  (end: string, to: (value: unknown) => unknown): Edit =>
  (value, path) =>
    path.join(' ').endsWith(end) ? to(value) : value;
