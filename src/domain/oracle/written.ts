import type { GoalState } from '../goal/state.ts';
import type { DocumentCriterion } from '../plan/document.ts';

/** Criteria of the plan that tests are written for. */
export const writtenCriteria = ({ created }: GoalState): readonly DocumentCriterion[] =>
  (created?.options.plan?.document.criteria ?? []).filter(({ oracle }) => oracle === true);
