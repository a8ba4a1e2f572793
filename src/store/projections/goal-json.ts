import type { GoalState } from '../../domain/goal/state.ts';
import { isTerminal } from '../../domain/goal/status.ts';
import { hashOf } from '../log/seal.ts';
import type { LogLine } from '../port.ts';
import { jsonFile } from './text.ts';

/** `goal.json`: what the goal is and where it stands, for programs. */
export function goalJson(state: GoalState, lines: readonly LogLine[]): string {
  const { created, status, attempts, questions, integrated, ended } = state;
  const last = lines.at(-1);
  return jsonFile({
    ...created,
    status,
    createdAt: lines[0]?.event.ts ?? null,
    updatedAt: last?.event.ts ?? null,
    completedAt: completedAt(state, lines),
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

/** When the goal ended; null while it can be said to go on, as after more budget was added. */
function completedAt({ status, ended }: GoalState, lines: readonly LogLine[]): string | null {
  const over = status === 'cancelled' || (isTerminal(status) && ended !== null);
  return over ? (lines.findLast(({ event }) => event.type === 'goal.ended' || event.type === 'goal.cancelled')?.event.ts ?? null) : null;
}
