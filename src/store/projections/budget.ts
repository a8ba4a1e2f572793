import {
  admittedShape,
  checkpointShape,
  costSessionShape,
  exhaustedShape,
  extendedShape,
  refusedShape,
} from '../../domain/budget/contract.ts';
import { contractJson } from '../../domain/budget/json.ts';
import { costSessions } from '../../domain/goal/cost-sessions.ts';
import type { LoggedEvent } from '../../domain/goal/event.ts';
import type { GoalId } from '../../domain/ids.ts';

/** `cost.jsonl`: what each session of an agent cost. Null where there was none. */
export const costLines = (events: readonly LoggedEvent[], goal: GoalId): string | null =>
  lines(costSessions(events).map((each) => contractJson(costSessionShape(goal, each), 0)));

/** `budget-events.jsonl`: the budget's events with the names and fields other programs know. Null where there is none. */
export const budgetLines = (events: readonly LoggedEvent[], goal: GoalId): string | null =>
  lines(
    events.flatMap((event) => {
      if (event.type === 'budget.checkpoint')
        return [contractJson({ type: 'budget_checkpoint', ...checkpointShape(goal, event.data) }, 0)];
      if (event.type === 'budget.exhausted' && event.data.refused)
        return [contractJson({ type: 'task_budget_refused', ...refusedShape(event.data, event.data.refused) }, 0)];
      if (event.type === 'budget.exhausted')
        return [contractJson({ type: 'goal_budget_exhausted', ...exhaustedShape(event.data) }, 0)];
      if (event.type === 'attempt.started' && event.data.admission)
        return [
          contractJson({ type: 'task_budget_accepted', ...admittedShape(event.data.task, event.data.admission) }, 0),
        ];
      return event.type === 'budget.extended'
        ? [contractJson({ type: 'goal_budget_extended', ...extendedShape(event.data) }, 0)]
        : [];
    }),
  );

const lines = (texts: readonly string[]): string | null => (texts.length === 0 ? null : `${texts.join('\n')}\n`);
