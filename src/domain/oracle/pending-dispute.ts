import type { Disputed, GoalState } from '../goal/state.ts';

/** What a fresh session is to look at again; null: nothing, or it has. */
export function pendingDispute({ disputed, oracles }: GoalState): Disputed | null {
  const last = disputed.at(-1);
  if (!last) return null;
  const own = oracles.slice(last.oracles);
  return own.length === 0 || own.at(-1)?.ended === null ? last : null;
}

/** Criteria that these checks decide. */
export const decidedBy = ({ submission }: Pick<Disputed, 'submission'>, paths: readonly string[]): readonly string[] =>
  submission.criteria.filter(({ files }) => files.some((path) => paths.includes(path))).map(({ id }) => id);

/** Whether a session has looked at the checks of one of these criteria already: it does so once. */
export const isLookedAt = ({ disputed }: GoalState, criteria: readonly string[]): boolean =>
  disputed.some((each) => decidedBy(each, each.paths).some((id) => criteria.includes(id)));
