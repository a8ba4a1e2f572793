import { OmkError } from '../domain/error.ts';
import { fold } from '../domain/transition/evolve.ts';
import { endOf } from '../engine/publish/publish.ts';
import { isWritten } from '../proof/write/is-written.ts';
import type { LogLine } from '../store/port.ts';
import { goalFolder } from './paths.ts';
import { environment } from './here.ts';
import type { GoalId } from '../domain/ids.ts';

/** Makes the proof of a goal that ended where it is not there, or `anew`. The rest of the world is opened only then. */
export async function ensureProof(goal: GoalId, lines: readonly LogLine[], anew = false): Promise<void> {
  const end = endOf(lines, fold(lines.map(({ event }) => event)));
  if (end === null) return;
  if (!anew && (await isWritten(`${goalFolder(environment(), goal)}/proof`, end))) return;
  const [{ openWorld }, { makeProof }] = await Promise.all([
    import('./compose.ts'),
    import('../engine/commands/make-proof.ts'),
  ]);
  const world = await openWorld(environment());
  try {
    await makeProof(world, goal, anew);
  } finally {
    await world.store.close();
  }
}

export const proofMissing = (goal: GoalId): OmkError =>
  new OmkError(
    'PROOF_MISSING',
    `Goal '${goal}' has not ended, so it has no proof yet`,
    `omk goal watch ${goal} while a process works on it, else omk goal resume ${goal}`,
    { exit: 3 },
  );
