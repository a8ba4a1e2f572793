import { record } from '../judge/intents.ts';
import type { Intent } from '../goal/intent.ts';
import { nextAttempt, type AttemptState, type DataOf, type GoalState } from '../goal/state.ts';
import { wantsPlanner } from '../planner/accepted.ts';
import { isShareSpent } from '../oracle/share.ts';
import { assessPlan } from '../planner/assess.ts';

/** A planner that was refused so often is not asked again. */
const MOST_REFUSED = 3;
/** The task that its attempts are at: it is none of the plan. */
const PLANNER_TASK = 'planner';

/** What a session that makes the plan wants next; null where none is wanted, or it has ended. */
export function decidePlanner(
  state: GoalState,
  decideTurn: (attempt: AttemptState, judge: () => readonly Intent[]) => readonly Intent[],
): readonly Intent[] | null {
  if (!wantsPlanner(state)) return null;
  const attempt = state.planners.at(-1);
  if (!attempt || attempt.ended !== null) {
    const next = nextAttempt(state);
    return [{ key: `attempt:${next}`, kind: 'start_attempt', attempt: next, task: PLANNER_TASK, role: 'planner' }];
  }
  return decideTurn(attempt, () => judge(state, attempt));
}

function judge(state: GoalState, attempt: AttemptState): readonly Intent[] {
  const turn = attempt.turns.at(-1);
  if (!turn) return [];
  const own = state.plans.filter((each) => each.attempt === attempt.attempt);
  if (own.at(-1)?.turn !== turn.turn)
    return [
      { key: `plan:${attempt.attempt}:${turn.turn}`, kind: 'read_plan', attempt: attempt.attempt, turn: turn.turn },
    ];
  if (assessPlan(state).length === 0) return [ended(attempt, 'accepted')];
  if (own.length >= MOST_REFUSED || isShareSpent(state)) return [ended(attempt, 'turns_spent')];
  const { attempt: number, turns } = attempt;
  const next = turns.length + 1;
  return [{ key: `turn:${number}:${next}`, kind: 'run_turn', attempt: number, turn: next, reason: 'feedback' }];
}

const ended = ({ attempt }: AttemptState, why: DataOf<'attempt.ended'>['why']): Intent =>
  record(`attempt-end:${attempt}`, { type: 'attempt.ended', data: { attempt, why } });
