import type { DocumentCriterion, PlanDocument } from '../../../domain/plan/document.ts';
import { cleanLine } from '../../../domain/text/clean.ts';

const row = (name: string, text: string): string => `  ${name.padEnd(8)} ${cleanLine(text, 300)}`;

/** A plan as rows of text. What agents wrote is shown without what a terminal would obey. */
export const documentLines = (plan: PlanDocument): readonly string[] => [
  ...(plan.class === undefined ? [] : [row('class', plan.class)]),
  ...plan.criteria.map((each) =>
    row(each.must === 'keep' ? 'keeps' : 'shows', `${each.id}: ${each.text} (${decidedBy(each)})`),
  ),
  ...(plan.interface ?? []).map((each) => row('names', each)),
  ...plan.tasks.map(({ id, title, needs = [], writes = [] }) => {
    const after = needs.length > 0 ? ` (after ${needs.join(', ')})` : '';
    return row('task', `${id}: ${title}${after}${writes.length > 0 ? `; may change ${writes.join(', ')}` : ''}`);
  }),
  ...(plan.questions ?? []).map(({ text, default: given, why }) =>
    row('question', `${text} ${given === undefined ? `Work waits for an answer: ${why ?? ''}` : `Taken: ${given}`}`),
  ),
  ...(plan.decisions ?? []).map((each) => row('decided', each)),
];

function decidedBy({ gate, fact, tests, files, capture, timing }: DocumentCriterion): string {
  if (gate !== undefined) return `gate ${gate}`;
  if (fact !== undefined) return `read from the tree: ${fact}`;
  if (capture !== undefined) return `the same as now: ${capture.map(({ run }) => run).join(', ')}`;
  if (timing !== undefined) return `measured from outside: ${timing.run}`;
  if (tests === undefined && files === undefined) return 'tests are written for it';
  return [...(tests ?? []), ...(files ?? [])].join(', ');
}
