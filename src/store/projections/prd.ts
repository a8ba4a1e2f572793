import { isWritten, type Criterion } from '../../domain/plan/plan.ts';
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
    ...planned(created),
    ...(refusedChecks.length === 0
      ? []
      : ['## Checks that prove nothing', 'They pass at the base already:', list(refusedChecks.map(code), '')]),
  );
}

/** What a plan says beside its criteria and tasks. */
function planned(created: GoalState['created']): readonly string[] {
  const { interface: names = [], questions = [], decisions = [] } = created?.options.plan?.document ?? {};
  return [
    ...section('Names to keep to', names),
    ...section(
      'Questions',
      questions.map(({ text, default: taken, why }) =>
        taken === undefined
          ? `${text} Waits for an answer: ${why ?? ''}`
          : `${text} Taken, as nobody was asked: ${taken}`,
      ),
    ),
    ...section('Decided', decisions),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`## ${title}`, list(lines.map(oneLine), '')];

export function decidedBy(criterion: Criterion): string {
  const kept = criterion.keep ? ', so before and after' : '';
  if (criterion.kind === 'fact') return `read from the tree${kept}`;
  if (criterion.kind === 'captures') return 'commands that do what they did before';
  if (criterion.kind === 'timing') return 'the time that a command takes';
  if (criterion.kind !== 'tests') return `gate ${code(criterion.gate)}${kept}`;
  if (isWritten(criterion)) return `tests that are written for it${kept}`;
  return `tests ${[...criterion.ids, ...(criterion.files ?? [])].map(code).join(', ')}${kept}`;
}
