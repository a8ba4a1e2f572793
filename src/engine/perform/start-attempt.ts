import { created, type Context } from '../context.ts';

/** A fresh worktree of the base. A directory left by a crash before the event is never used again. */
export async function startAttempt({ world, session, vault }: Context, attempt: number, task: string): Promise<void> {
  const directory = await world.files.attemptDir(session.goal, attempt);
  const { dir } = await vault.createWorktree(`${directory}/tree`, created(session.state).repository.commit);
  await session.append({ type: 'attempt.started', data: { attempt, task, worktree: dir } });
}
