import { limitsOf } from '../../domain/budget/figures.ts';
import type { Admitted } from '../../domain/budget/moment.ts';
import { momentNow, usedOf } from '../../domain/decide/budget.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import { needed } from '../../domain/decide/reservation.ts';
import { admission } from '../../domain/decide/task-budget.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { CommitId, TreeId } from '../../domain/ids.ts';
import { viewOfNext } from '../../domain/task/view.ts';
import { withDisputed } from '../oracle/look-again.ts';
import { withVisible } from '../held-out/visible.ts';
import { created, suppliesFor, type Context } from '../context.ts';
import { withEarlierWork, type Start } from './earlier-work.ts';

type StartIntent = Extract<Intent, { kind: 'start_attempt' }>;

/**
 * A fresh worktree of the base, of what has landed on it, or of the work that a fork begins with. A directory left by a crash
 * before the event is never used again.
 */
export async function startAttempt(context: Context, { attempt, task, role, next = {} }: StartIntent): Promise<void> {
  const { world, session, vault } = context;
  const directory = await world.files.attemptDir(session.goal, attempt);
  const { repository } = created(session.state);
  const { head } = session.state;
  const from = head ?? (role === undefined ? forkedFrom(session.state) : null) ?? repository;
  const own: Start = role === undefined ? await withEarlierWork(context, task, from) : from;
  const start =
    role === 'oracle'
      ? await startOfOracle(context, own)
      : await withVisible(context, viewOfNext(session.state, task), own);
  const { dir } = await vault.createWorktree(`${directory}/tree`, start.commit);
  await (await suppliesFor(context)).place(start.tree, dir);
  const admitted = admittedNow(context, task);
  await session.append({
    type: 'attempt.started',
    data: {
      attempt,
      task,
      ...(role === undefined ? {} : { role }),
      ...next,
      worktree: dir,
      ...(head ? { base: head } : {}),
      ...(own.merged ? { merged: own.merged } : {}),
      ...(admitted ? { admission: admitted } : {}),
    },
  });
}

/** A session that looks at checks again finds them where they were. */
async function startOfOracle(context: Context, from: Start): Promise<Pick<Start, 'commit' | 'tree'>> {
  const { world, session, vault } = context;
  const tree = await withDisputed(context, from.tree);
  if (tree === from.tree) return from;
  const ref = `refs/omk/goals/${session.goal}/start`;
  const at = Math.floor(world.clock.now() / 1000);
  return {
    tree,
    commit: await vault.commit({ tree, parent: from.commit, message: 'Checks to be looked at', ref, at }),
  };
}

/** The work of another goal that this one goes on with; null where it is no fork. */
function forkedFrom({ created: first }: GoalState): { readonly commit: CommitId; readonly tree: TreeId } | null {
  return first?.origin?.kind === 'fork' ? first.origin.start : null;
}

/** What is recorded beside the start; nothing where the stored budget cannot be read, which the guard says. */
function admittedNow({ world, session, elapsed }: Context, task: string): Admitted | null {
  const { state } = session;
  const result = limitsOf(state.budget.stored);
  if (result.kind === 'invalid') return null;
  const secs = elapsed();
  const { secs: taskSecs, reason } = admission(state, result.limits, usedOf(state, secs), {
    task,
    reservation: needed(state),
  });
  return {
    ...momentNow(state, result.limits, secs, new Date(world.clock.now()).toISOString()),
    taskSecs: String(taskSecs),
    reason,
  };
}
