import type { Delivery } from '../../domain/delivery/delivery.ts';
import type { GoalId } from '../../domain/ids.ts';
import type { ForgeRepository } from '../../world/forge/port.ts';
import { Session } from '../session.ts';
import type { World } from '../world.ts';
import type { Created } from '../context.ts';

/** A delivery of the same commit that an earlier goal made: each `omk judge` is a goal of its own. */
export interface Earlier {
  readonly goal: GoalId;
  readonly pushed: NonNullable<Delivery['pushed']>;
}

/** How many goals are looked through. */
const NEWEST = 50;

/**
 * The newest delivery of the commit that a goal was given, into the same base; null where its pull request is over, or there is none. What
 * it pushed may be that commit merged with what its base had then.
 */
export async function earlierDelivery(
  world: Pick<World, 'store' | 'clock'>,
  { goal: own, given, repository }: Created,
  base: string,
  forge: ForgeRepository | null,
): Promise<Earlier | null> {
  if (given === undefined || given.commit === null) return null;
  const goals = await world.store.list({ repository: repository.id });
  for (const { goal } of goals.slice(0, NEWEST)) {
    if (goal === own) continue;
    const [first] = await world.store.read(goal);
    const made = first?.event.type === 'goal.created' ? first.event.data : null;
    if (made?.given?.commit !== given.commit || made.origin !== undefined) continue;
    const { pushed, pullRequest, merged } = (await Session.open(world, goal)).state.delivery;
    if (pushed === null || pushed.base !== base || merged !== null) continue;
    const isOpen = !forge || pullRequest === null || (await forge.pullRequest(pullRequest.number)).state === 'open';
    return isOpen ? { goal, pushed } : null;
  }
  return null;
}
