import { contractJson } from '../../domain/budget/json.ts';
import { storedInteger } from '../../domain/budget/integer.ts';
import { phaseOf } from '../../domain/decide/budget.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { hashOf } from '../log/seal.ts';
import type { LogLine } from '../port.ts';
import { jsonFile } from './text.ts';

/** The event a goal ended with. More budget, and a resume, take its end back. */
const endOf = (lines: readonly LogLine[]): LogLine | undefined =>
  lines.findLast(({ event }) => event.type === 'goal.ended' || event.type === 'goal.cancelled');

/** `goal.json`: what the goal is and where it stands, for programs. What 0.5.0 wrote comes first, under its names. */
export function goalJson(state: GoalState, lines: readonly LogLine[]): string {
  const { created, status, attempts, questions, integrated, ended } = state;
  const last = lines.at(-1);
  const completedAt = ended !== null || status === 'cancelled' ? (endOf(lines)?.event.ts ?? null) : null;
  const own = jsonFile({
    ...created,
    createdAt: lines[0]?.event.ts ?? null,
    updatedAt: last?.event.ts ?? null,
    completedAt,
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
  const { stored } = state.budget;
  const former = contractJson({
    status,
    phase: phaseOf(state),
    created_at: lines[0]?.event.ts ?? null,
    updated_at: last?.event.ts ?? null,
    completed_at: completedAt,
    budget_time: stored.time,
    budget_tokens: stored.tokens === null ? null : storedInteger(stored.tokens),
    budget_usd: stored.picoUsd === null ? null : { pico: storedInteger(stored.picoUsd) },
    cost_tracker_path: created?.options.costTracker ?? null,
  });
  return joined(former, own);
}

/** Two objects of indented JSON without a name in common as one: the first has numbers that JavaScript cannot hold. */
const joined = (first: string, second: string): string => `${first.slice(0, -2)},\n${second.slice(2)}`;
