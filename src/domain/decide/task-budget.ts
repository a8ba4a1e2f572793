import { admitTask, type Admission } from '../budget/admission.ts';
import { exhaustion, type Exhaustion } from '../budget/exhaust.ts';
import { remainingOf, type Limits, type Used } from '../budget/figures.ts';
import { count, EMPTY_LEDGER, type Ledger } from '../budget/ledger.ts';
import { taskCeiling, type Amounts } from '../budget/reserve.ts';
import type { Intent } from '../goal/intent.ts';
import { hasManyTasks, type GoalState } from '../goal/state.ts';

/** The task an intent works on; null for one that works on none. */
export function taskOf({ attempts }: GoalState, intent: Intent): string | null {
  if (intent.kind === 'start_attempt') return intent.task;
  return intent.kind === 'run_turn' ? (attempts.find((each) => each.attempt === intent.attempt)?.task ?? null) : null;
}

/** What the attempts of a task used. Time belongs to the goal alone. */
function usedBy(state: GoalState, task: string): Used {
  const { tokens, picoUsd } = ledgerOf(state, task);
  return { secs: 0n, tokens, picoUsd };
}

function ledgerOf({ attempts, budget }: GoalState, task: string): Ledger {
  const numbers = attempts.filter((each) => each.task === task).map((each) => each.attempt);
  return [...budget.ledger.told]
    .filter((each) => each.sessionType === 'attempt' && numbers.includes(each.attempt))
    .reduce(count, EMPTY_LEDGER);
}

/** A task's part of the goal's budgets: of a plan of several no task may use it all up. */
function limitsOfTask({ plan, created }: GoalState, limits: Limits): Limits {
  const tasks = plan?.tasks.length ?? 1;
  const percent = created?.options.taskShare ?? 100;
  return {
    time: null,
    tokens: taskCeiling(limits.tokens, tasks, percent),
    picoUsd: taskCeiling(limits.picoUsd, tasks, percent),
  };
}

/** Which part of a task's share is used up; null while something is left. */
export function taskExhaustion(state: GoalState, limits: Limits, task: string): Exhaustion | null {
  if ((state.plan?.tasks.length ?? 1) < 2 || (limits.tokens === null && limits.picoUsd === null)) return null;
  const spent = exhaustion(limitsOfTask(state, limits), usedBy(state, task));
  return spent && { ...spent, detail: `${spent.detail}, task=${task}` };
}

/** What a task has left of its share. */
export const leftOfTask = (state: GoalState, limits: Limits, task: string): Amounts =>
  remainingOf(limitsOfTask(state, limits), usedBy(state, task));

/** What each task of several used, and its share; null: no limit. In the order of the plan. */
export const sharesOfTasks = (
  state: GoalState,
  limits: Limits,
): readonly { readonly task: string; readonly used: Ledger; readonly share: Limits }[] =>
  hasManyTasks(state)
    ? state.tasks.map(({ id }) => ({ task: id, used: ledgerOf(state, id), share: limitsOfTask(state, limits) }))
    : [];

/** Whether the budgets let a task begin, and how many seconds it has: what an agent proposed has less than what was planned. */
export const admission = (
  state: GoalState,
  limits: Limits,
  used: Used,
  { task, reservation }: { readonly task: string; readonly reservation: Amounts },
): Admission => {
  const tasks = state.plan?.tasks.length ?? 1;
  const begun = new Set(state.attempts.map(({ task }) => task)).size;
  return admitTask(limits, used, {
    secs: secsOf(state, task),
    origin: state.added.some(({ id, origin }) => id === task && origin?.kind === 'proposed') ? 'proposed' : 'planned',
    reservation,
    tasks,
    last: begun + 1 >= tasks,
  });
};

/** What a task declares; null: nothing. */
function secsOf({ plan }: GoalState, id: string): bigint | null {
  const seconds = plan?.tasks.find((task) => task.id === id)?.seconds;
  return seconds === undefined ? null : BigInt(seconds);
}
