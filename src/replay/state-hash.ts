import { canonical } from '../domain/canonical.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import { evolve } from '../domain/transition/evolve.ts';
import { projectState, STATE_PROJECTION, type ProjectionName } from '../domain/goal/projection.ts';
import type { GoalState } from '../domain/goal/state.ts';
import type { Sha256 } from '../domain/ids.ts';
import { sha256Hex } from '../proof/format/bytes.ts';

/** Events between two recorded hashes of the state. */
const EVERY = 100;

export const hashState = (state: GoalState, projection: ProjectionName = STATE_PROJECTION): Sha256 =>
  sha256Hex(canonical(projectState(state, projection)));

/**
 * The events with the hash of the state before each hundredth one and before the end. Events that have it already
 * come out as they are.
 */
export function withCheckpoints(state: GoalState, events: readonly GoalEvent[]): readonly GoalEvent[] {
  const all: GoalEvent[] = [];
  let now = state;
  const add = (event: GoalEvent): void => {
    all.push(event);
    now = evolve(now, event);
  };
  for (const event of events) {
    const isDue = event.type === 'goal.ended' || (now.version > 0 && now.version % EVERY === 0);
    if (isDue && event.type !== 'state.checkpoint' && all.at(-1)?.type !== 'state.checkpoint') add(checkpoint(now));
    add(event);
  }
  return all;
}

const checkpoint = (state: GoalState): GoalEvent => ({
  type: 'state.checkpoint',
  data: { projection: STATE_PROJECTION, sha256: hashState(state) },
});
