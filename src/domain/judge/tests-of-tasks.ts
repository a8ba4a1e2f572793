import { attemptsOf } from '../goal/attempts.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';
import type { Landed } from '../goal/landed.ts';
import type { TreeId } from '../ids.ts';
import { isWritten, type Criterion } from '../plan/plan.ts';
import { assessOwnTests } from '../own-tests/assess.ts';
import { addedIn, countsTests } from '../own-tests/runs.ts';

/**
 * Criteria whose tests the workers write, and of whose tasks no new test fails where the change does nothing, each with the tasks that
 * landed for it. One task's tests show nothing of another's.
 */
export function notNoticed(
  state: GoalState,
  candidate: TreeId,
): readonly { readonly criterion: Criterion; readonly tasks: readonly string[] }[] {
  const { plan, landed } = state;
  if ((state.created?.options.oracleRules ?? 1) < 6 || !plan || plan.oracle !== undefined || !hasManyTasks(state))
    return [];
  const own = assessOwnTests(state, candidate);
  if (own.kind !== 'shown') return [];
  const noticed = new Set(own.noticed);
  const isSeen = (work: Landed): boolean => broughtBy(state, work).some((id) => noticed.has(id));
  return plan.criteria.flatMap((criterion) => {
    if (!isWritten(criterion) || criterion.keep === true) return [];
    const ids = plan.tasks.filter(({ criteria }) => criteria.includes(criterion.id)).map(({ id }) => id);
    const works = landed.filter(({ task }) => ids.includes(task));
    return works.some(isSeen) ? [] : [{ criterion, tasks: works.map(({ task }) => task) }];
  });
}

/** New tests of a task's own work: neither the base had them, nor work that had landed before it began. */
function broughtBy(state: GoalState, { task, attempt, candidate }: Landed): readonly string[] {
  const start = attemptsOf(state, task).find((each) => each.attempt === attempt)?.base;
  const before = state.landed.slice(0, state.landed.findLastIndex(({ commit }) => commit === start?.commit) + 1);
  const known = new Set(before.flatMap((each) => newIn(state, each.candidate)));
  return newIn(state, candidate).filter((id) => !known.has(id));
}

const newIn = (state: GoalState, tree: TreeId): readonly string[] =>
  (state.policy?.gates ?? []).filter(countsTests).flatMap((gate) => addedIn(state, gate, tree));
