import type { NarrativeLine } from '../../../app/narrative/line.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

/** How to say that what failed before any change is not the goal. */
export function redBeforeLine({ gate, tests, failing }: Extract<NarrativeLine, { kind: 'red_before' }>): string {
  const named = ` (${cleanLine(tests.slice(0, 3).join('; '), 200)}${tests.length > 3 ? '; …' : ''})`;
  const what = tests.length === 0 ? 'this gate' : `${tests.length} of ${failing} failing tests${named}`;
  return (
    `  before   ${gate}: ${what} failed before any change. If that is not the goal: omk run ` +
    `--known-red ${gate} --check "<command that fails now and must pass>" "<goal>"`
  );
}
