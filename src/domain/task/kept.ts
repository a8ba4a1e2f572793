import { judgeGate } from '../evidence/judge-gate.ts';
import type { Snapshot } from '../git/snapshot.ts';
import type { TreeId } from '../ids.ts';
import { viewOfAttempt } from './view.ts';
import { hasManyTasks, wholeSnapshot, type GoalState } from '../goal/state.ts';

/**
 * What may be said of a snapshot's candidate. `ready`: it is the result. `not_ready`: a gate failed on it, or all
 * were judged and it is no result all the same. `not_judged`: neither.
 */
export type Judged = 'ready' | 'not_ready' | 'not_judged';

/** The work that a turn left in the vault. */
export interface KeptWork {
  readonly task: string;
  readonly attempt: number;
  readonly turn: number;
  readonly snapshot: Snapshot;
  readonly judged: Judged;
}

/** Every snapshot of a goal, oldest first. */
export const keptWork = (state: GoalState): readonly KeptWork[] =>
  state.attempts.flatMap(({ attempt, task, turns }) =>
    turns.flatMap(({ turn, snapshot }) => {
      if (snapshot === null) return [];
      return [{ task, attempt, turn, snapshot, judged: judgedOf(viewOfAttempt(state, attempt), snapshot.candidate) }];
    }),
  );

/** The newest snapshot, or the newest of what is asked for; null when there is none. */
export const findKept = (
  state: GoalState,
  asked: { readonly attempt: number | null; readonly turn: number | null; readonly task?: string | null },
): KeptWork | null =>
  keptWork(state).findLast(
    ({ attempt, turn, task }) =>
      (asked.task == null || task === asked.task) &&
      (asked.attempt === null || attempt === asked.attempt) &&
      (asked.turn === null || turn === asked.turn),
  ) ?? null;

/** What several tasks have landed so far, as one tree; null where nothing has, or there is one task. */
export const landedWork = (state: GoalState): Pick<KeptWork, 'snapshot' | 'judged'> | null =>
  hasManyTasks(state) && state.head
    ? { snapshot: wholeSnapshot(state.head.tree), judged: judgedOf(state, state.head.tree) }
    : null;

/** The tree that an attempt started from. */
export const startOf = (state: GoalState, attempt: number | null): TreeId =>
  state.attempts.find((each) => each.attempt === attempt)?.base?.tree ?? state.created?.repository.tree ?? '';

export function judgedOf(state: GoalState, candidate: TreeId): Judged {
  const result = state.integrated?.tree ?? state.created?.given?.snapshot.candidate;
  if (state.status === 'ready' && result === candidate) return 'ready';
  const gates = state.policy?.gates.filter(({ required }) => required) ?? [];
  if (!state.examined.has(candidate) || gates.length === 0) return 'not_judged';
  const found = gates.map((gate) => judgeGate(state, gate, candidate));
  const failed = found.some((each) => each?.verdict.kind === 'fail');
  return failed || found.every((each) => each !== null) ? 'not_ready' : 'not_judged';
}
