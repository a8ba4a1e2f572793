import type { LoggedEvent } from '../domain/goal/event.ts';
import { evolve } from '../domain/transition/evolve.ts';
import { isProjection, STATE_PROJECTION } from '../domain/goal/projection.ts';
import { EMPTY_STATE, type GoalState } from '../domain/goal/state.ts';
import type { Sha256 } from '../domain/ids.ts';
import { hashState } from './state-hash.ts';

export type Rebuilt =
  | { readonly kind: 'reproduced'; readonly events: number; readonly compared: number; readonly state: GoalState }
  | { readonly kind: 'diverged'; readonly seq: number; readonly recorded: Sha256; readonly rebuilt: Sha256 }
  | { readonly kind: 'not_comparable'; readonly why: string };

/** The state before the event `seq`; the last one where `seq` is past the end. */
export const stateBefore = (events: readonly LoggedEvent[], seq: number): GoalState =>
  events.slice(0, seq).reduce<GoalState>(evolve, EMPTY_STATE);

/** Folds the log again and compares every hash that was recorded on the way. */
export function rebuild(events: readonly LoggedEvent[]): Rebuilt {
  let state = EMPTY_STATE;
  let compared = 0;
  for (const event of events) {
    if (event.type === 'state.checkpoint') {
      const { projection, sha256 } = event.data;
      if (!isProjection(projection))
        return {
          kind: 'not_comparable',
          why: `event ${event.seq} records the projection ${projection}, and this omk makes up to ${STATE_PROJECTION}`,
        };
      const rebuilt = hashState(state, projection);
      if (rebuilt !== sha256) return { kind: 'diverged', seq: event.seq, recorded: sha256, rebuilt };
      compared += 1;
    }
    state = evolve(state, event);
  }
  if (compared === 0) return { kind: 'not_comparable', why: noHash(state) };
  return { kind: 'reproduced', events: events.length, compared, state };
}

function noHash({ ended }: GoalState): string {
  const none = 'the log records no hash of a state';
  if (ended) return `${none}: an omk of before wrote it; --at <event> prints the state`;
  return `${none} yet: one comes before every hundredth event and before the end; --at <event> prints the state`;
}
