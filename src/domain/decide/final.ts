import { canonical } from '../canonical.ts';
import { lookAt } from './look.ts';
import { PERSONAL } from './personal-question.ts';
import type { BlockingGap } from '../judge/readiness.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';
import type { Task } from '../plan/plan.ts';
import { followsTaskRules } from '../task/rules.ts';

/** How often the whole may be mended. */
export const FINAL_ATTEMPTS = 2;

const TOLD = 10;

/**
 * The task that mends the whole, where every task landed and the whole does not hold: it starts from all that landed and may write
 * what any task may. Null where there is nothing to mend, or it was tried.
 */
export function finalTask(state: GoalState): Task | null {
  const { head, plan, tasks } = state;
  if (!followsTaskRules(state) || !hasManyTasks(state) || !head || !plan || state.revealed) return null;
  if (tasks.some(({ integrated, done }) => !integrated && !done)) return null;
  if (plan.tasks.some(({ origin }) => origin?.kind === 'final')) return null;
  const look = lookAt(state, head.tree);
  if (look.kind !== 'judged' || !look.open.some(isForAgents)) return null;
  const isBound = plan.tasks.every(({ writes }) => writes.length > 0);
  return {
    id: freeId(plan.tasks),
    title: 'Make the whole hold',
    brief: [
      'Every task of this goal has landed, and the whole does not hold yet:',
      ...look.open.slice(0, TOLD).map(({ text }) => `- ${text}`),
    ].join('\n'),
    needs: plan.tasks.map(({ id }) => id),
    writes: isBound ? [...new Set(plan.tasks.flatMap(({ writes }) => writes))] : [],
    criteria: plan.criteria.map(({ id }) => id),
    origin: { kind: 'final' },
  };
}

/** Of what only a person can close, no agent is asked. */
const isForAgents = ({ code }: BlockingGap): boolean => !PERSONAL.has(code);

function freeId(tasks: readonly Task[]): string {
  const taken = new Set(tasks.map(({ id }) => id));
  for (let n = 1; ; n += 1) if (!taken.has(`final-${n}`)) return `final-${n}`;
}

/** Why a task may not come to the plan, or null. Its words may be those of another version. */
export function wrongFinal(state: GoalState, task: Task): string | null {
  const wanted = finalTask(state);
  if (!wanted) return 'nothing is to be mended of the whole';
  return canonical(ruled(wanted)) === canonical(ruled(task)) ? null : 'this is not the task that mends the whole';
}

const ruled = ({ title: _title, brief: _brief, ...rest }: Task) => rest;
