import type { GoalState } from '../../domain/goal/state.ts';
import { hashOf } from '../log/seal.ts';
import type { LogLine } from '../port.ts';
import { jsonFile } from './text.ts';

/** The event a goal ended with. More budget, and a resume, take its end back. */
const endOf = (lines: readonly LogLine[]): LogLine | undefined =>
  lines.findLast(({ event }) => event.type === 'goal.ended' || event.type === 'goal.cancelled');

/** `goal.json`: what the goal is and where it stands, for programs. */
export function goalJson(state: GoalState, lines: readonly LogLine[]): string {
  const { created, status, attempts, questions, integrated, ended } = state;
  const last = lines.at(-1);
  return jsonFile({
    ...created,
    status,
    createdAt: lines[0]?.event.ts ?? null,
    updatedAt: last?.event.ts ?? null,
    completedAt: ended !== null || status === 'cancelled' ? (endOf(lines)?.event.ts ?? null) : null,
    log: { events: lines.length, tip: last ? hashOf(last.line) : null },
    attempts: attempts.map(({ attempt, task, worktree, turns, ended: why }) => ({
      attempt,
      task,
      worktree,
      turns: turns.length,
      ended: why,
    })),
    openQuestions: questions.filter(({ answer }) => answer === null).map(({ question }) => question),
    result: integrated,
    gaps: ended?.gaps ?? null,
  });
}
