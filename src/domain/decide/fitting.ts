import { limitsOf, remainingOf } from '../budget/figures.ts';
import { admitted } from '../budget/reserve.ts';
import { overLimit, usedOf } from './budget.ts';
import type { Intent } from '../goal/intent.ts';
import { reservation } from './reservation.ts';
import type { GoalState } from '../goal/state.ts';
import { leftOfTask, taskOf } from './task-budget.ts';

/**
 * The intents that fit into what is left, in order: attempts that do not fit beside the others are left for later, and so is a
 * task whose share is used up. What is no attempt stays. Of attempts one is always left where none is in flight.
 */
export function fitting(
  state: GoalState,
  intents: readonly Intent[],
  secs: bigint,
  inFlight: readonly Intent[] = [],
): readonly Intent[] {
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return intents;
  const { limits } = result;
  const attemptsIn = (list: readonly Intent[]) =>
    list.flatMap((intent) => {
      const task = taskOf(state, intent);
      return task === null ? [] : [{ intent, task, reservation: reservation(state) }];
    });
  const attempts = attemptsIn(intents);
  const running = attemptsIn(inFlight);
  if (attempts.length + running.length < 2) return intents;
  const open = attempts.filter(({ task }) => overLimit(state, limits, secs, task) === null);
  const shares = new Map(open.map(({ task }) => [task, leftOfTask(state, limits, task)]));
  const taken = admitted(remainingOf(limits, usedOf(state, secs)), shares, open, running);
  const starts = new Set<Intent>(taken.flatMap((index) => open[index]?.intent ?? []));
  const late = new Set<Intent>(attempts.map(({ intent }) => intent).filter((intent) => !starts.has(intent)));
  return intents.filter((each) => !late.has(each));
}
