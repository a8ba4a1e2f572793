import { OmkError } from '../../domain/error.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { GoalSummary, Store } from '../../store/port.ts';

/** A goal by name, by the unique beginning of its name, or the latest of a repository. `OmkError` `GOAL_NOT_FOUND`, `GOAL_AMBIGUOUS`. */
export async function findGoal(
  store: Pick<Store, 'list'>,
  name: string,
  repository: () => Promise<string>,
): Promise<GoalSummary> {
  if (name === 'latest') {
    const [latest] = await store.list({ repository: await repository() });
    if (!latest)
      throw new OmkError(
        'GOAL_NOT_FOUND',
        'There is no goal in this repository yet',
        'omk run "<goal>", or omk goal list --all',
      );
    return latest;
  }
  if (/^goal-\d{8}-/.test(name))
    throw new OmkError(
      'GOAL_OF_0_5_0',
      `'${name}' is a goal of omk 0.5.0: it can only be looked at`,
      `omk import 0.5.0, then omk goal show ${name}`,
    );
  const found = (await store.list()).filter((each) => each.goal === name || each.goal.startsWith(name));
  const exact = found.find((each) => each.goal === name) ?? found[0];
  if (!exact) throw new OmkError('GOAL_NOT_FOUND', `There is no goal '${name}'`, 'omk goal list');
  if (exact.goal !== name && found.length > 1)
    throw new OmkError(
      'GOAL_AMBIGUOUS',
      `'${name}' matches ${found.length} goals: ${found.map((each: { goal: GoalId }) => each.goal).join(', ')}`,
      'type more of the id',
    );
  return exact;
}
