import { attemptsOf, withAttempt } from '../goal/attempts.ts';
import type { DataOf, GoalState } from '../goal/state.ts';
import type { Landed } from '../goal/landed.ts';
import type { Plan, Task } from '../plan/plan.ts';
import { FINAL_ATTEMPTS } from '../decide/final.ts';
import type { Proposed } from '../goal/proposed.ts';
import { tasksOfPlan, type TaskState } from '../goal/task.ts';

/** How often accepted work may be sent back before its task has no more attempts than any other. */
const RETURNS = 3;

export function inTask(state: GoalState, id: string, change: (task: TaskState) => TaskState): GoalState {
  const at = state.tasks.findIndex((each) => each.id === id);
  const task = state.tasks[at];
  return task ? { ...state, tasks: state.tasks.with(at, change(task)) } : state;
}

/** Accepted work of a task stands in the queue from here on. */
export function attemptEnded(state: GoalState, { attempt, why }: DataOf<'attempt.ended'>): GoalState {
  const ended = withAttempt(state.attempts, attempt, (each) => ({ ...each, ended: why }));
  const next = { ...state, attempts: ended };
  const found = ended.find((each) => each.attempt === attempt);
  const candidate = found?.turns.at(-1)?.snapshot?.candidate;
  if (why !== 'accepted' || !found || candidate === undefined) return next;
  const base = found.base?.tree ?? state.created?.repository.tree ?? '';
  return inTask(next, found.task, (task) => ({ ...task, accepted: { attempt, base, candidate, at: state.version } }));
}

export function tasksIntegrated(state: GoalState, landed: readonly Landed[]): GoalState {
  const last = landed.at(-1);
  const byTask = new Map(landed.map((each) => [each.task, each]));
  return {
    ...state,
    landed: [...state.landed, ...landed],
    head: last ? { commit: last.commit, tree: last.tree } : state.head,
    tasks: state.tasks.map((task) => {
      const own = byTask.get(task.id);
      if (!own) return task;
      const { commit, tree, attempt } = own;
      return { ...task, accepted: null, integrated: { commit, tree, attempt } };
    }),
  };
}

/** A plan that is made again keeps the tasks that came to it. */
export const withAdded = (plan: Plan, added: readonly Task[]): Plan =>
  added.length === 0 ? plan : { ...plan, tasks: [...plan.tasks, ...added] };

export function taskAdded(state: GoalState, task: Task): GoalState {
  if (!state.plan) return state;
  const plan = withAdded(state.plan, [task]);
  const allowed = task.origin?.kind === 'final' ? FINAL_ATTEMPTS : (state.created?.options.maxAttempts ?? 1);
  return { ...state, plan, added: [...state.added, task], tasks: tasksOfPlan(plan, state.tasks, allowed) };
}

export function taskProposed(state: GoalState, { attempt, turn, proposal, ruling }: Proposed): GoalState {
  const next = { ...state, proposals: [...state.proposals, { attempt, turn, proposal, ruling }] };
  return ruling.kind === 'accepted' ? taskAdded(next, ruling.task) : next;
}

/** The only task of a goal is integrated as the goal is. */
export const onlyTaskIntegrated = (state: GoalState, { commit, tree }: DataOf<'goal.integrated'>): GoalState =>
  state.tasks.length === 1
    ? {
        ...state,
        tasks: state.tasks.map((task) => ({
          ...task,
          accepted: null,
          integrated: { commit, tree, attempt: state.attempts.at(-1)?.attempt ?? 0 },
        })),
      }
    : state;

export const taskReturned = (state: GoalState, { task: id, attempt, why }: DataOf<'task.returned'>): GoalState =>
  inTask(state, id, (task) => ({
    ...task,
    accepted: null,
    allowed: task.returned.length < RETURNS ? task.allowed + 1 : task.allowed,
    returned: [...task.returned, { attempt, candidate: task.accepted?.candidate ?? '', why }],
  }));

/** A resume gives what is not done as many attempts as it had at first. */
export const tasksResumed = (state: GoalState, more: number): readonly TaskState[] =>
  more === 0
    ? state.tasks
    : state.tasks.map((task) =>
        task.integrated || task.accepted || task.done
          ? task
          : { ...task, givenUp: false, allowed: Math.max(task.allowed, attemptsOf(state, task.id).length + more) },
      );
