import { stepFor, type Step } from '../../domain/backlog/step.ts';
import { fold } from '../../domain/transition/evolve.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { needsPrompt, titleOf } from '../../engine/commands/create.ts';
import { maskText } from '../../engine/mask-text.ts';
import type { World } from '../../engine/world.ts';
import type { KnownEntry } from './read.ts';

/** What is to be done for an entry, and the goal that there is for it. */
export type Standing = { readonly kind: 'start' } | (Step & { readonly goal: GoalId; readonly state: GoalState });

/** Looks for the goal of an entry in the log: that is the only place that knows what is done. */
export async function standingOf(
  world: Pick<World, 'store' | 'secrets'>,
  repository: string,
  entry: KnownEntry,
): Promise<Standing> {
  const title = titleOf(needsPrompt(await maskText(world, entry.prompt)));
  // Only the log says which entry a goal is of; the title spares reading all logs.
  for (const listed of await world.store.list({ repository })) {
    if (listed.title !== title) continue;
    const state = fold((await world.store.read(listed.goal)).map(({ event }) => event));
    if (state.created?.entry !== entry.digest) continue;
    const isWorkedOn = state.status === 'running' && (await world.store.holder(listed.goal)) !== null;
    return { ...stepFor(state, isWorkedOn), goal: listed.goal, state };
  }
  return { kind: 'start' };
}
