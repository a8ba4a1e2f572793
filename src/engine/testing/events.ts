import type { GoalEvent } from '../../domain/goal/event.ts';
import type { DataOf } from '../../domain/goal/state.ts';
import type { Snapshot } from '../../domain/git/snapshot.ts';
import type { Task } from '../../domain/plan/plan.ts';
import { BLOB, COMPLETED, turnEnded } from '../../domain/testing/build.ts';

export const taskOf = (id: string, more: Partial<Task> = {}): Task => ({
  id,
  title: `Do ${id}`,
  brief: `Please do ${id}`,
  needs: [],
  writes: [],
  criteria: [],
  ...more,
});

export const planOf = (...tasks: readonly Task[]): GoalEvent => ({
  type: 'plan.made',
  data: { plan: { criteria: [], tasks }, refused: [] },
});

export const started = (attempt: number, task = 't1', more: Partial<DataOf<'attempt.started'>> = {}): GoalEvent => ({
  type: 'attempt.started',
  data: { attempt, task, worktree: `/attempts/${attempt}/tree`, ...more },
});

/** A turn that was completed; with a snapshot where one was taken of it. */
export const turned = (
  attempt: number,
  turn: number,
  snapshot: Snapshot | null = null,
  ended: Partial<DataOf<'turn.ended'>> = {},
): readonly GoalEvent[] => [
  { type: 'turn.started', data: { attempt, turn, prompt: BLOB } },
  { type: 'turn.ended', data: { ...turnEnded(attempt, turn, COMPLETED), ...ended } },
  ...(snapshot ? [{ type: 'snapshot.taken', data: { attempt, turn, snapshot } } as const] : []),
];
