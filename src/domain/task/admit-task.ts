import { attemptsOf } from '../goal/attempts.ts';
import { sessionNumbered, type DataOf, type GoalState } from '../goal/state.ts';
import { nextOf } from './ladder.ts';
import { landedBy } from './view.ts';

/** Why an attempt of one of several tasks may not begin, or null. */
export function wrongStart(
  state: GoalState,
  { attempt, task: id, base, agent, merged }: DataOf<'attempt.started'>,
): string | null {
  if (!Number.isSafeInteger(attempt) || attempt < 1 || sessionNumbered(state, attempt))
    return `attempt ${attempt} is no new attempt`;
  const task = state.tasks.find((each) => each.id === id);
  if (!task) return `the plan has no task ${id}`;
  if (task.integrated || task.accepted || task.done) return `task ${id} needs no attempt`;
  const own = attemptsOf(state, id);
  if (own.at(-1)?.ended === null) return `an attempt of task ${id} is open`;
  const next = nextOf(state, own, task.allowed);
  if (!next) return `task ${id} has had all its attempts`;
  if (next.agent !== agent) return `task ${id} is not for this agent`;
  if (merged && (task.returned.at(-1)?.attempt !== merged.attempt || own.at(-1)?.attempt !== merged.attempt))
    return `attempt ${merged.attempt} of task ${id} did not come back`;
  const held = landedBy(state, base);
  if (base !== undefined && held.length === 0) return 'the attempt does not start from an integrated head';
  const needs = state.plan?.tasks.find((each) => each.id === id)?.needs ?? [];
  const lacks = needs.find((need) => !held.includes(need));
  return lacks === undefined ? null : `task ${id} starts from a tree without task ${lacks}`;
}

/** A task is given up once, when it has had all its attempts. */
export function wrongGivingUp(state: GoalState, id: string): string | null {
  const task = state.tasks.find((each) => each.id === id);
  if (!task || task.integrated || task.accepted || task.done || task.givenUp) return `task ${id} is not to be given up`;
  const own = attemptsOf(state, id);
  return nextOf(state, own, task.allowed) || own.at(-1)?.ended === null ? `task ${id} has attempts left` : null;
}
