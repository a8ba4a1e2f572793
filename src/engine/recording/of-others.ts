import type { GoalEvent } from '../../domain/goal/event.ts';

/** What other commands than a run write, whenever they do; the last is written after an execution, too. */
const ALWAYS: ReadonlySet<string> = new Set<GoalEvent['type']>([
  'goal.created',
  'policy.resolved',
  'checks.added',
  'question.answered',
  'plan.edited',
  'plan.approved',
  'plan.rejected',
  'budget.extended',
  'goal.paused',
  'goal.cancelled',
  'state.checkpoint',
  'delivery.pushed',
  'delivery.pr_opened',
  'delivery.pr_updated',
  'delivery.merged',
  'output.lost',
]);

const CHECKPOINTS: readonly string[] = ['goal_created', 'goal_paused', 'goal_cancelled', 'budget_extended'];

/** Whether another command than a run may have written an event of a log. What only an execution writes must be in a recording. */
export function mayBeOfOthers(events: readonly GoalEvent[], at: number): boolean {
  const event = events[at];
  switch (event?.type) {
    case 'budget.checkpoint':
      return CHECKPOINTS.includes(event.data.label);
    case 'goal.resumed':
      return event.data.step !== undefined;
    case 'turn.ended':
      return event.data.outcome.kind === 'interrupted' && isStopped(events, at);
    case 'usage.recorded':
    case 'snapshot.taken':
      return isStopped(events, at);
    case 'dependencies.prepared':
      return isFork(events, at);
    case 'gate.measured':
      return event.data.purpose === 'baseline' && isFork(events, at);
    default:
      return event === undefined || ALWAYS.has(event.type);
  }
}

/** Pause and cancel end the turn of a process that was killed, and keep its work. */
function isStopped(events: readonly GoalEvent[], at: number): boolean {
  const last = events.slice(0, at).findLast(({ type }) => STATUS.has(type));
  return last?.type === 'goal.paused' || last?.type === 'goal.cancelled';
}

const STATUS: ReadonlySet<string> = new Set<GoalEvent['type']>(['goal.resumed', 'goal.paused', 'goal.cancelled']);

/** A fork begins with what was measured on the base. */
const isFork = (events: readonly GoalEvent[], at: number): boolean =>
  events[0]?.type === 'goal.created' &&
  events[0].data.origin?.kind === 'fork' &&
  !events.slice(0, at).some(({ type }) => type === 'plan.made');
