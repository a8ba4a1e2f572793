import type { Criterion } from '../../domain/plan/plan.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { code, list, oneLine, page, quote } from './text.ts';

/** `prd.md`: what was asked for, and what shows that it is done. */
export function prd({ created, plan, refusedChecks }: GoalState): string {
  return page(
    `# ${oneLine(created?.title ?? 'Untitled')}`,
    '## What was asked for',
    quote(created?.prompt ?? ''),
    '## Done when',
    plan === null
      ? 'Not planned yet.'
      : list(
          plan.criteria.map((each) => `**${oneLine(each.id)}** ${oneLine(each.text)} (${decidedBy(each)})`),
          'No criterion.',
        ),
    ...(refusedChecks.length === 0
      ? []
      : ['## Checks that prove nothing', 'They pass at the base already:', list(refusedChecks.map(code), '')]),
  );
}

export const decidedBy = (criterion: Criterion): string =>
  criterion.kind === 'fact' ? 'read from the tree' : `gate ${code(criterion.gate)}`;
