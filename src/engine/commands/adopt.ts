import { OmkError } from '../../domain/error.ts';
import type { RepositoryPin } from '../../domain/goal/event.ts';
import type { GoalSummary } from '../../store/port.ts';
import type { InspectedRepository } from '../../world/git/port.ts';
import { created } from '../context.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';

/**
 * The repository of a goal was moved to this place: all its goals go on here. `OmkError` `NOT_MOVED` when it is still where it was,
 * `ADOPT_MISMATCH` when this is another repository.
 */
export async function adoptGoals(
  world: World,
  { goal, repository: label }: GoalSummary,
  { pin: here }: InspectedRepository,
): Promise<{ readonly from: string; readonly to: string; readonly goals: number }> {
  const pin = created((await Session.open(world, goal)).state).repository;
  const vault = await world.git.openVault(pin);
  if (!(await world.git.hasCommit(here.root, pin.commit)))
    throw new OmkError(
      'ADOPT_MISMATCH',
      `The repository here does not have commit ${pin.commit.slice(0, 12)}, which goal '${goal}' started from`,
      'go to the repository that was moved',
    );
  const from = vault.root;
  if (label === here.id || (from !== here.root && (await world.git.hasCommit(from, pin.commit))))
    throw new OmkError(
      'NOT_MOVED',
      label === here.id
        ? `Goal '${goal}' is one of this repository already`
        : `The repository of goal '${goal}' is still at ${from}; this is a copy of it`,
      'omk goal list',
    );
  for (const moved of (await pinsOf(world, label)).values())
    await (await world.git.openVault(moved)).moveRoot(here.root);
  return { from, to: here.root, goals: await world.store.moveGoals(label, here.id) };
}

/** The repositories that goals under one label were made in; more than one where it was moved before. */
async function pinsOf({ store }: World, label: string): Promise<ReadonlyMap<string, RepositoryPin>> {
  const pins = new Map<string, RepositoryPin>();
  for (const { goal } of await store.list({ repository: label })) {
    const [first] = await store.read(goal);
    if (first?.event.type === 'goal.created') pins.set(first.event.data.repository.id, first.event.data.repository);
  }
  return pins;
}
