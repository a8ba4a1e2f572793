import { ListIndex } from '../list-index.ts';
import { hasManyTasks, type AttemptState, type GoalState } from './state.ts';

const BY_TASK = new ListIndex(({ task }: AttemptState): string => task);

/** The attempts of a task, the oldest first. */
export const attemptsOf = ({ attempts }: Pick<GoalState, 'attempts'>, task: string): readonly AttemptState[] =>
  BY_TASK.items(attempts, task);

export const lastAttemptOf = ({ attempts }: GoalState, task: string): AttemptState | undefined =>
  attempts[BY_TASK.places(attempts, task).at(-1) ?? -1];

/** One more attempt: they stand by their numbers, and those of different tasks may begin in another order. */
export function withStarted(attempts: readonly AttemptState[], started: AttemptState): readonly AttemptState[] {
  const after = attempts.findLastIndex(({ attempt }) => attempt <= started.attempt) + 1;
  const next = attempts.toSpliced(after, 0, started);
  if (after === attempts.length) BY_TASK.follow(attempts, next);
  return next;
}

/** The same list with one attempt changed, which stays where it is and of its task. */
export function withAttempt(
  attempts: readonly AttemptState[],
  number: number,
  change: (attempt: AttemptState) => AttemptState,
): readonly AttemptState[] {
  const at = attempts.findLastIndex(({ attempt }) => attempt === number);
  const found = attempts[at];
  if (!found) return attempts;
  const next = attempts.with(at, change(found));
  BY_TASK.follow(attempts, next);
  return next;
}

/** Whether nothing goes on in an attempt any more: a later one of its task took its place, or its task landed. */
export const isOver = (state: GoalState, { attempt, task }: AttemptState): boolean =>
  attemptsOf(state, task).at(-1)?.attempt !== attempt ||
  (hasManyTasks(state) && state.landed.some((each) => each.attempt === attempt));
