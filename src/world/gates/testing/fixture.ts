import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestOutcomes } from '../../../domain/gates/evidence.ts';
import type { ReadResult } from '../readers/port.ts';

const SRC = join(import.meta.dirname, '..', '..', '..');
const FILES = new Map(
  globSync('ecosystems/*/*/fixtures/*', { cwd: SRC }).map((path) => [basename(path), join(SRC, path)]),
);

/** Names of the reports there are: `<reader>.<extension>`. */
export const FIXTURES: readonly string[] = [...FILES.keys()];

/** A report as a runner wrote it, unless a README says otherwise, with the checkout at `/omk/checkout`. Long stack traces are cut out. */
export const fixture = (name: string): string => readFileSync(FILES.get(name) ?? name, 'utf8');

export function testsOf(result: ReadResult): TestOutcomes {
  if (result.kind !== 'tests') throw new Error(`unreadable: ${result.detail}`);
  return result.tests;
}

export const whyOf = (result: ReadResult): string =>
  result.kind === 'tests' ? 'tests' : `${result.why}: ${result.detail}`;
