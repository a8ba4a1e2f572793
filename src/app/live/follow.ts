import type { Notify } from '../notice.ts';
import type { Store } from '../store.ts';
import type { Clock } from '../time.ts';
import { elapsedSecs } from '../../domain/budget/figures.ts';
import { evolve } from '../../domain/transition/evolve.ts';
import { EMPTY_STATE, type GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';

const LOOK_MS = 1_000;

/**
 * Tells every event of a goal, those so far first, as whichever process works on it appends them, and about once a second how
 * the budgets stand. Says at first, and whenever it changes, whether somebody works on it: a process that was killed leaves a goal
 * that runs and does nothing. Ends with the state when the goal does not run any more, or when the signal aborts. Writes nothing.
 */
export async function followGoal(
  {
    store,
    clock,
    attended,
  }: {
    readonly store: Pick<Store, 'read' | 'subscribe' | 'holder'>;
    readonly clock: Pick<Clock, 'now' | 'every'>;
    readonly attended: (is: boolean) => void;
  },
  goal: GoalId,
  notify: Notify,
  signal: AbortSignal,
): Promise<GoalState> {
  let wake = Promise.withResolvers<void>();
  const look = (): void => wake.resolve();
  const stop = store.subscribe(goal, look);
  const stopLooking = clock.every(LOOK_MS, look);
  signal.addEventListener('abort', look, { once: true });
  let state = EMPTY_STATE;
  let createdMs = Number.NaN;
  let leased: boolean | null = null;
  try {
    for (;;) {
      // Made before reading, so that what is appended meanwhile wakes the next round.
      wake = Promise.withResolvers<void>();
      for (const { event } of await store.read(goal, state.version)) {
        if (state.version === 0) createdMs = Date.parse(event.ts);
        state = evolve(state, event);
        notify({ kind: 'event', event, state });
      }
      if (signal.aborted || state.status !== 'running') return state;
      notify({ kind: 'budget', state, secs: elapsedSecs(createdMs, clock.now(), state.budget.recordedSecs) });
      const isLeased = (await store.holder(goal)) !== null;
      if (isLeased !== leased) attended(isLeased);
      leased = isLeased;
      await wake.promise;
    }
  } finally {
    stop();
    stopLooking();
    signal.removeEventListener('abort', look);
  }
}
