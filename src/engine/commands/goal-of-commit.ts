import { OmkError } from '../../domain/error.ts';
import type { CommitId, GoalId } from '../../domain/ids.ts';
import type { Catalogue, Log } from '../../store/port.ts';

/** The goal whose result is this commit (or begins so); null when there is none. `OmkError` `COMMIT_AMBIGUOUS`. */
export async function goalOfCommit(
  store: Pick<Catalogue, 'list'> & Pick<Log, 'read'>,
  commit: CommitId,
): Promise<GoalId | null> {
  const found: GoalId[] = [];
  for (const { goal } of await store.list()) {
    const lines = await store.read(goal);
    if (lines.some(({ event }) => event.type === 'goal.integrated' && event.data.commit.startsWith(commit)))
      found.push(goal);
  }
  if (found.length > 1)
    throw new OmkError('COMMIT_AMBIGUOUS', `'${commit}' begins the results of ${found.join(' and ')}`, 'name the goal');
  return found[0] ?? null;
}
