import { elapsedSecs } from '../../domain/budget/figures.ts';
import type { Session } from '../session.ts';
import type { World } from '../world.ts';

/** Whole seconds since a goal was created. */
export const elapsedOf = ({ clock }: Pick<World, 'clock'>, { state, lines }: Session): bigint =>
  elapsedSecs(Date.parse(lines[0]?.event.ts ?? ''), clock.now(), state.budget.recordedSecs);

/** The same while this process works: a wall clock that is set back meanwhile gives no time back. */
export function stopwatch(world: Pick<World, 'clock'>, session: Session): () => bigint {
  const begun = world.clock.monotonic();
  const before = elapsedOf(world, session);
  return () => {
    const here = before + BigInt(Math.max(0, Math.floor((world.clock.monotonic() - begun) / 1000)));
    const wall = elapsedOf(world, session);
    return wall > here ? wall : here;
  };
}
