import type { GateJudgement } from '../evidence/assess.ts';
import { isPlain } from '../evidence/settle-runs.ts';
import type { Measurement } from '../gates/evidence.ts';
import { blocks, type Gap } from '../goal/gap.ts';
import type { Criterion } from '../plan/plan.ts';

type OfTests = Extract<Criterion, { kind: 'tests' }>;

/** Whether a test ran and passed in one gate, wherever that ran. Of what was judged, the runs are found once: criteria are many. */
export function passedIn(verdicts: ReadonlyMap<string, GateJudgement | null>): (id: string) => boolean {
  const gates = [...verdicts.values()].flatMap((each) => {
    const runs = (each?.evidence ?? []).filter(isPlain);
    return runs.length > 0 ? [runs.map(testsPassed)] : [];
  });
  return (id) => gates.some((runs) => runs.every((passed) => passed.includes(id)));
}

const testsPassed = ({ report }: Measurement): readonly string[] =>
  report.kind === 'tests' ? report.tests.passed : [];

/** The tests that a criterion names and that did not run and pass. */
export function testCriterionGaps({ id: criterion, ids }: OfTests, passes: (id: string) => boolean): readonly Gap[] {
  if (ids.every(passes)) return NONE;
  const open = ids.filter((id) => !passes(id));
  const more = open.length > 3 ? `, and ${open.length - 3} more` : '';
  const text = `these tests must run and pass: ${open.slice(0, 3).join('; ')}${more}`;
  return [blocks('G_CRITERION_OPEN', criterion, text, 'omk goal resume')];
}

const NONE: readonly Gap[] = [];
