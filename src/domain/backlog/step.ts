import { openQuestion, type GoalState } from '../goal/state.ts';

/** What a queue does with the goal that it has for an entry. */
export type Step =
  | { readonly kind: 'resume' }
  /** Nothing, and why: it is over, or only a person can go on. */
  | { readonly kind: 'leave'; readonly why: string | null };

const leave = (why: string | null): Step => ({ kind: 'leave', why });
const RESUME: Step = { kind: 'resume' };

/** Goes on with what was interrupted, answered or mended, and never pays again for what ended short of `ready`. */
export function stepFor(state: GoalState, isWorkedOn: boolean): Step {
  const question = openQuestion(state);
  switch (state.status) {
    case 'ready':
      return leave(null);
    case 'cancelled':
      return leave(null);
    case 'running':
      return isWorkedOn ? leave('another process works on it') : RESUME;
    case 'blocked_on_human':
      // What was missing on the machine may be there now.
      return question && question.code !== 'cannot_run' ? leave('waits for an answer') : RESUME;
    case 'needs_more_budget':
      return leave('waits for more budget');
    case 'not_ready':
      // Null: it got more budget since.
      return state.ended === null ? RESUME : leave('not tried again: omk goal resume does');
    case 'paused':
    case 'blocked_on_external':
    case 'failed_infra':
      return RESUME;
  }
}
