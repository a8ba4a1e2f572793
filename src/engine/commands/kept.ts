import { OmkError } from '../../domain/error.ts';
import type { PathChange } from '../../domain/git/snapshot.ts';
import { findKept, judgedOf, keptWork, landedWork, startOf, type KeptWork } from '../../domain/task/kept.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { created } from '../context.ts';
import { findSecretsIn } from '../perform/find-secrets.ts';
import type { World } from '../world.ts';

/** Which snapshot; null: the newest. */
export interface AskedWork {
  /** Absent or null: of any task. */
  readonly task?: string | null;
  readonly attempt: number | null;
  readonly turn: number | null;
}

/**
 * A snapshot of the agent's work; or what no attempt and no turn made alone: the change that a goal was given, or what several
 * tasks have landed.
 */
export type AskedChange =
  | KeptWork
  | (Pick<KeptWork, 'snapshot' | 'judged'> & { readonly attempt: null; readonly turn: null });

/** `OmkError` `NO_CANDIDATE`, with what there is. */
export function requireChange(state: GoalState, goal: GoalId, asked: AskedWork): AskedChange {
  const { task = null } = asked;
  const snapshot = state.created?.given?.snapshot;
  if (snapshot && asked.attempt === null && asked.turn === null && task === null)
    return { attempt: null, turn: null, snapshot, judged: judgedOf(state, snapshot.candidate) };
  const landed = asked.attempt === null && asked.turn === null && task === null ? landedWork(state) : null;
  return landed === null ? requireKept(state, goal, asked) : { attempt: null, turn: null, ...landed };
}

/** A goal that judged a change has no work of its own. */
const noWork = (goal: GoalId): OmkError =>
  new OmkError(
    'NO_CANDIDATE',
    `Goal '${goal}' has no work of an agent: it judged a change as it was given`,
    `omk goal diff ${goal} shows it`,
    { exit: 3 },
  );

/** The tasks that there are, which whoever mistypes one wants to see. */
export const noTask = (goal: GoalId, task: string, tasks: readonly string[]): OmkError =>
  new OmkError(
    'TASK_NOT_FOUND',
    `Goal '${goal}' has no task '${task}'`,
    tasks.length === 0
      ? 'it has no plan yet'
      : `its tasks are: ${tasks.slice(0, 20).join(', ')}${tasks.length > 20 ? ', …' : ''}`,
  );

/** A snapshot of a goal. `OmkError` `NO_CANDIDATE`, with what there is. */
export function requireKept(state: GoalState, goal: GoalId, asked: AskedWork): KeptWork {
  const tasks = (state.plan?.tasks ?? []).map(({ id }) => id);
  if (asked.task != null && !tasks.includes(asked.task)) throw noTask(goal, asked.task, tasks);
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
  { attempt, snapshot: { candidate } }: AskedChange,
): Promise<{ readonly changes: readonly PathChange[]; readonly patch: Buffer }> {
  const vault = await world.git.openVault(created(state).repository);
  const from = startOf(state, attempt);
  const [changes, patch] = await Promise.all([vault.diff(from, candidate), vault.patch(from, candidate)]);
  const secrets = await findSecretsIn({ world, vault }, from, candidate, changes);
  return { changes, patch: secrets.mask(patch) };
}
