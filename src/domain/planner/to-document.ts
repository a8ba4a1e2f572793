import type { GoalState } from '../goal/state.ts';
import type { DocumentCriterion, PlanDocument } from '../plan/document.ts';
import { isWritten, type Criterion } from '../plan/plan.ts';

/** The plan as a document that a person can edit; null where there is none yet. */
export function documentOfPlan({ created, plan }: GoalState): PlanDocument | null {
  const given = created?.options.plan?.document;
  if (given) return given;
  if (!plan || !created) return null;
  const criteria = plan.criteria.flatMap((each) => written(each, created.options.facts ?? []));
  const own: readonly DocumentCriterion[] =
    plan.ownTests === true && criteria.length === 0 ? [{ id: 'goal', text: created.title, oracle: true }] : [];
  return {
    criteria: [...criteria, ...own],
    tasks: plan.tasks.map(({ id, title, brief, needs, writes, seconds }) => ({
      id,
      title,
      brief,
      ...(needs.length > 0 ? { needs } : {}),
      ...(writes.length > 0 ? { writes } : {}),
      ...(seconds === undefined ? {} : { seconds }),
    })),
  };
}

function written(criterion: Criterion, facts: readonly string[]): readonly DocumentCriterion[] {
  const stated = { id: criterion.id, text: criterion.text, ...(criterion.keep ? { must: 'keep' as const } : {}) };
  if (criterion.kind === 'fact') return [{ ...stated, fact: facts[criterion.fact] ?? '' }];
  if (criterion.kind === 'test' || criterion.kind === 'command') return [{ ...stated, gate: criterion.gate }];
  if (criterion.kind !== 'tests') return [];
  return isWritten(criterion) ? [{ ...stated, oracle: true }] : [{ ...stated, tests: criterion.ids }];
}
