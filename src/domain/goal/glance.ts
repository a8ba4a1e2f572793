import type { GoalEvent } from './event.ts';
import type { Question } from '../evidence/question.ts';

/** What a status line needs of a goal, cheaper than the whole state. */
export interface Glance {
  readonly agent: string | null;
  readonly attempt: number | null;
  readonly turn: number | null;
  readonly question: Question | null;
}

/** Agrees with the fold on every log the engine wrote. */
export function glance(events: readonly GoalEvent[]): Glance {
  const open = new Map<string, Question>();
  let agent: string | null = null;
  let attempt: number | null = null;
  let turn: number | null = null;
  for (const { type, data } of events) {
    if (type === 'goal.created') agent = data.agent?.name ?? null;
    else if (type === 'attempt.started') [attempt, turn] = [data.attempt, null];
    else if (type === 'turn.started') turn = data.turn;
    else if (type === 'question.asked' && data.as === undefined) open.set(data.question.id, data.question);
    else if (type === 'question.answered') open.delete(data.question);
  }
  return { agent, attempt, turn, question: open.values().next().value ?? null };
}
