import { OmkError } from '../../domain/error.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import { findKept, judgedOf, keptWork, type KeptWork } from '../../domain/goal/kept.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { created } from '../context.ts';
import { findSecretsIn } from '../perform/find-secrets.ts';
import type { World } from '../world.ts';

/** Which snapshot; null: the newest. */
export interface AskedWork {
  readonly attempt: number | null;
  readonly turn: number | null;
}

/** The change that a goal was given, which no attempt and no turn made, or a snapshot of its agent's work. */
export type AskedChange =
  | KeptWork
  | (Pick<KeptWork, 'snapshot' | 'judged'> & { readonly attempt: null; readonly turn: null });

/** `OmkError` `NO_CANDIDATE`, with what there is. */
export function requireChange(state: GoalState, goal: GoalId, asked: AskedWork): AskedChange {
  const snapshot = state.created?.given?.snapshot;
  if (snapshot && asked.attempt === null && asked.turn === null)
    return { attempt: null, turn: null, snapshot, judged: judgedOf(state, snapshot.candidate) };
  return requireKept(state, goal, asked);
}

/** A goal that judged a change has no work of its own. */
const noWork = (goal: GoalId): OmkError =>
  new OmkError(
    'NO_CANDIDATE',
    `Goal '${goal}' has no work of an agent: it judged a change as it was given`,
    `omk goal diff ${goal} shows it`,
    { exit: 3 },
  );

/** A snapshot of a goal. `OmkError` `NO_CANDIDATE`, with what there is. */
export function requireKept(state: GoalState, goal: GoalId, asked: AskedWork): KeptWork {
  const found = findKept(state, asked);
  if (found) return found;
  if (state.created?.given) throw noWork(goal);
  const there = keptWork(state).map(({ attempt, turn }) => `--attempt ${attempt} --turn ${turn}`);
  throw there.length === 0
    ? new OmkError(
        'NO_CANDIDATE',
        `Goal '${goal}' has no work of an agent yet`,
        state.status === 'running'
          ? `omk goal pause ${goal} stops it and keeps what it has so far, also after a crash`
          : `omk goal status ${goal}`,
        { exit: 3 },
      )
    : new OmkError('NO_CANDIDATE', `Goal '${goal}' has no such attempt and turn`, `there is: ${there.join(', ')}`);
}

/** The change of a snapshot that was not examined. Secrets in it are masked, as in those that were. */
export async function keptChange(
  world: Pick<World, 'git' | 'secrets'>,
  state: GoalState,
  { snapshot: { candidate } }: Pick<KeptWork, 'snapshot'>,
): Promise<{ readonly changes: readonly PathChange[]; readonly patch: Buffer }> {
  const { repository } = created(state);
  const vault = await world.git.openVault(repository);
  const [changes, patch] = await Promise.all([
    vault.diff(repository.tree, candidate),
    vault.patch(repository.tree, candidate),
  ]);
  const secrets = await findSecretsIn({ world, vault }, repository.tree, candidate, changes);
  return { changes, patch: secrets.mask(patch) };
}
