import { lastAttempt, lastTurn } from '../domain/goal/state.ts';
import type { Context } from './context.ts';
import { takeSnapshot } from './perform/take-snapshot.ts';

/** Takes the work of a turn that was stopped into the vault, once it is over and as long as its worktree is there. */
export async function keepWork(context: Pick<Context, 'world' | 'session' | 'vault'>): Promise<void> {
  const { session, world } = context;
  const attempt = lastAttempt(session.state);
  const turn = lastTurn(session.state);
  if (attempt?.ended !== null || session.state.status === 'ready') return;
  if (!turn || turn.outcome === null || turn.snapshot !== null || !(await world.files.exists(attempt.worktree))) return;
  await takeSnapshot(context, turn.turn);
}
