import type { NarrativeLine } from '../../../app/narrative/line.ts';
import type { GoalId } from '../../../domain/ids.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import { many } from './many.ts';

/** Who says that the goal is done, where agents wrote the tests that show it, and how closely those look. */
export function newTestLine(line: Extract<NarrativeLine, { kind: 'new_tests' }>, goal: GoalId): string {
  const { tests, by, before, hidden, approved, faults } = line;
  const files = hidden > 0 ? ` and ${many(hidden, 'file')} hidden from the worker` : '';
  const read = approved ? 'you approved them' : 'no person read them';
  const when = before ? 'before the work' : 'with the change';
  return (
    `  tests    ${many(tests, 'new test')}${files}, written by ${cleanLine(by ?? 'the agent')} ${when}; ` +
    `${read}${faults === '' ? '' : `; ${faults}`}. Read them: omk goal diff ${before ? '--checks ' : ''}${goal}`
  );
}
