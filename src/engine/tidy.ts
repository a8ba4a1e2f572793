import { dirname } from 'node:path';
import { isFinal } from '../domain/status.ts';
import { isOver } from '../domain/goal/attempts.ts';
import type { AttemptState } from '../domain/goal/state.ts';
import type { Vault } from '../world/git/port.ts';
import type { Session } from './session.ts';
import type { World } from './world.ts';

/** What tidying up reaches. */
export interface Tidied {
  readonly world: {
    readonly files: Pick<World['files'], 'exists' | 'removeAttempt'>;
    readonly layers: Pick<World['layers'], 'takeBack'>;
  };
  readonly session: Pick<Session, 'state'>;
  readonly vault: Pick<Vault, 'removeWorktree'>;
}

/** Removes worktrees that nothing will continue and whose content is in the vault, whole, and the copies of dependencies of the others. */
export async function tidy({ world, session, vault }: Tidied): Promise<void> {
  const { status, attempts } = session.state;
  const over = attempts.filter((attempt) => isFinal(status) || isOver(session.state, attempt));
  for (const attempt of over) {
    if (!(await world.files.exists(attempt.worktree))) continue;
    const safe = keptWhole(attempt);
    // Where no turn began, no agent was: there is the base only.
    if (safe === null && attempt.turns.length > 0) continue;
    if (safe !== null) await vault.removeWorktree(attempt.worktree, safe);
    await world.files.removeAttempt(dirname(attempt.worktree));
  }
  // Nobody works on the others now, and the next turn gets new copies.
  for (const attempt of attempts) if (!over.includes(attempt)) await world.layers.takeBack(attempt.worktree);
}

/** The vault's ref of the last snapshot, or null when something of the worktree is nowhere else. */
export function keptWhole(attempt: AttemptState): string | null {
  const last = attempt.turns.at(-1);
  if (!last?.snapshot || last.snapshot.overCap.length > 0) return null;
  return last.snapshot.ref;
}
