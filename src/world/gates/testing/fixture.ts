import { readFileSync } from 'node:fs';
import type { TestOutcomes } from '../../../domain/gates/evidence.ts';
import type { ReadResult } from '../readers/port.ts';

/** A report as a runner really wrote it, with the checkout at `/omk/checkout`. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`../readers/fixtures/${name}`, import.meta.url), 'utf8');

export function testsOf(result: ReadResult): TestOutcomes {
  if (result.kind !== 'tests') throw new Error(`unreadable: ${result.detail}`);
  return result.tests;
}

export const whyOf = (result: ReadResult): string =>
  result.kind === 'tests' ? 'tests' : `${result.why}: ${result.detail}`;
