import { documentProblem, type PlanDocument } from '../plan/document.ts';
import { isByPersonAlone } from '../plan/plan.ts';
import type { GoalState } from '../goal/state.ts';

/** Why the plan of a session cannot be taken, whatever the base is: the rules of `--plan`, and what only a person may say. */
export function plannedProblems(state: GoalState, document: PlanDocument): readonly string[] {
  const problem = documentProblem(document);
  if (problem !== null) return [`${placeOf(problem.at)}: ${problem.rule}`];
  const known = (state.policy?.gates ?? []).map(({ id }) => id);
  return [
    ...document.criteria.flatMap(({ gate, files }, index) => [
      ...(gate !== undefined && !known.includes(gate)
        ? [`criteria[${index}].gate: there is no gate '${gate}'; the gates are: ${known.join(', ') || 'none'}`]
        : []),
      ...(files === undefined ? [] : [`criteria[${index}].files: you hand in no files; say oracle = true`]),
    ]),
    ...(isByPersonAlone(document.class) && asked(state)?.class !== document.class
      ? [`class: only a person says ${document.class}, as nothing but their word shows it`]
      : []),
  ];
}

/** The options as a person gave them. */
export const asked = (state: GoalState) => state.asked ?? state.created?.options ?? null;

/** `criteria[0].gate`. */
export const placeOf = (at: readonly (string | number)[]): string =>
  at.length === 0
    ? 'the plan'
    : at
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
        .join('')
        .replace(/^\./, '');
