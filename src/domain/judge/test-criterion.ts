import type { Assessment } from '../evidence/assess.ts';
import { isPlain } from '../evidence/settle-runs.ts';
import { blocks, type Gap } from '../goal/gap.ts';
import type { Criterion } from '../plan/plan.ts';

type OfTests = Extract<Criterion, { kind: 'tests' }>;

/** The tests that a criterion names and that did not run and pass, in one gate, wherever it ran. */
export function testCriterionGaps(
  { id: criterion, ids }: OfTests,
  verdicts: ReadonlyMap<string, Assessment>,
): readonly Gap[] {
  const open = ids.filter((id) => ![...verdicts.values()].some((each) => passesIn(each, id)));
  if (open.length === 0) return [];
  const more = open.length > 3 ? `, and ${open.length - 3} more` : '';
  const text = `these tests must run and pass: ${open.slice(0, 3).join('; ')}${more}`;
  return [blocks('G_CRITERION_OPEN', criterion, text, 'omk goal resume')];
}

function passesIn(assessment: Assessment, id: string): boolean {
  if (assessment.kind !== 'judged') return false;
  const runs = assessment.evidence.filter(isPlain);
  return runs.length > 0 && runs.every(({ report }) => report.kind === 'tests' && report.tests.passed.includes(id));
}
