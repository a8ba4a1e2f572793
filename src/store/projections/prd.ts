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
          plan.criteria.map(({ id, text, gate }) => `**${oneLine(id)}** ${oneLine(text)} (gate ${code(gate)})`),
          'No criterion.',
        ),
    ...(refusedChecks.length === 0
      ? []
      : ['## Checks that prove nothing', 'They pass at the base already:', list(refusedChecks.map(code), '')]),
  );
}
