import { inWords } from '../domain/disk-error.ts';
import { everyAttempt } from '../domain/goal/state.ts';
import type { Context } from './context.ts';
import { takeSnapshot } from './perform/take-snapshot.ts';

/** Takes the work of turns that are over into the vault, as long as their worktrees are there: of every open attempt, the oldest first. */
export async function keepWork(context: Pick<Context, 'world' | 'session' | 'vault'>): Promise<void> {
  const { session, world } = context;
  if (session.state.status === 'ready') return;
  let failure: unknown = null;
  for (const { attempt, ended, turns, worktree } of everyAttempt(session.state)) {
    const turn = turns.at(-1);
    if (ended !== null || !turn || turn.outcome === null || turn.snapshot !== null) continue;
    if (!(await world.files.exists(worktree))) continue;
    // One worktree that cannot be kept is no reason to lose the others.
    await takeSnapshot(context, attempt, turn.turn).catch((error: unknown) => {
      failure ??= inWords(error) ?? error;
    });
  }
  if (failure !== null) throw failure;
}
