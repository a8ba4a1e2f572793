import { everyAttempt } from '../../domain/goal/state.ts';
import { basename, dirname } from 'node:path';
import { isOver } from '../../domain/goal/attempts.ts';
import type { AttemptState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { created } from '../context.ts';
import { keptWhole } from '../tidy.ts';
import type { World } from '../world.ts';
import type { Garbage } from './garbage.ts';
import type { CollectedGoal } from './goals.ts';

/** A worktree on the disk. */
export interface WorktreeOnDisk {
  readonly goal: GoalId;
  /** Null: no event names it, omk was ended while it was made. */
  readonly attempt: number | null;
  readonly path: string;
  /** All of it is in the vault too. */
  readonly inVault: boolean;
  /** Nothing goes on in it. */
  readonly over: boolean;
}

export async function worktreesOf(
  { files }: Pick<World, 'files'>,
  goals: readonly CollectedGoal[],
): Promise<readonly WorktreeOnDisk[]> {
  const byGoal = new Map(goals.map((each) => [each.goal, each]));
  return (await files.garbage.attempts()).flatMap(({ path }) => {
    const goal = byGoal.get(basename(dirname(path)));
    if (!goal) return [];
    const { attempts } = goal.state;
    const attempt = attempts.find(({ worktree }) => dirname(worktree) === path);
    const superseded = attempt !== undefined && isOver(goal.state, attempt);
    return [
      {
        goal: goal.goal,
        attempt: attempt?.attempt ?? null,
        path,
        inVault: attempt === undefined || isWhole(attempt),
        over: attempt === undefined || superseded || goal.final || goal.old,
      },
    ];
  });
}

/** Where no turn began, no agent was: there is the base only. */
const isWhole = (attempt: AttemptState): boolean => attempt.turns.length === 0 || keptWhole(attempt) !== null;

/** Worktrees that nothing will continue and that lose nothing. */
export async function worktreeGarbage(
  world: Pick<World, 'files' | 'git' | 'store'>,
  goals: readonly CollectedGoal[],
): Promise<readonly Garbage[]> {
  const over = (await worktreesOf(world, goals)).filter((each) => each.over && each.inVault);
  return Promise.all(
    over.map(async ({ goal, attempt, path }) => ({
      kind: 'worktree' as const,
      what: path,
      goal,
      bytes: await world.files.garbage.sizeOf(path),
      remove: () => whileFree(world, goal, () => removeOne(world, goals, goal, attempt, path)),
    })),
  );
}

async function removeOne(
  { files, git }: Pick<World, 'files' | 'git'>,
  goals: readonly CollectedGoal[],
  goal: GoalId,
  number: number | null,
  path: string,
): Promise<void> {
  const state = goals.find((each) => each.goal === goal)?.state;
  const attempt = (state ? everyAttempt(state) : []).find((each) => each.attempt === number);
  const safe = attempt ? keptWhole(attempt) : null;
  if (state && attempt && safe !== null)
    await (await git.openVault(created(state).repository)).removeWorktree(attempt.worktree, safe);
  await files.removeAttempt(path);
}

/** Does something to a goal that nobody works on; false when somebody does. */
export async function whileFree(
  { store }: Pick<World, 'store'>,
  goal: GoalId,
  act: () => Promise<void>,
): Promise<boolean> {
  const taken = await store.lease(goal);
  if (taken.kind === 'taken') return false;
  try {
    await act();
    return true;
  } finally {
    await taken.lease.release();
  }
}
