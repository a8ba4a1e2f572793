import type { EventType } from './event.ts';

// A record and not a list, so that the compiler asks for each new type of event.
const KNOWN: Readonly<Record<EventType, true>> = {
  'goal.created': true,
  'policy.resolved': true,
  'dependencies.prepared': true,
  'gate.measured': true,
  'checks.added': true,
  'facts.read': true,
  'plan.made': true,
  'question.asked': true,
  'question.answered': true,
  'attempt.started': true,
  'session.opened': true,
  'turn.started': true,
  'turn.ended': true,
  'snapshot.taken': true,
  'candidate.examined': true,
  'candidate.hollowed': true,
  'attempt.ended': true,
  'held_out.revealed': true,
  'goal.integrated': true,
  'usage.recorded': true,
  'budget.checkpoint': true,
  'budget.exhausted': true,
  'budget.extended': true,
  'wait.started': true,
  'wait.ended': true,
  'output.lost': true,
  'state.checkpoint': true,
  'goal.paused': true,
  'goal.resumed': true,
  'goal.cancelled': true,
  'goal.ended': true,
  'delivery.pushed': true,
  'delivery.pr_opened': true,
  'delivery.pr_updated': true,
  'delivery.merged': true,
};

/** Whether this version of omk knows events of that name. */
export const isEventType = (name: string): name is EventType => Object.hasOwn(KNOWN, name);
