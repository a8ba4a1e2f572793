import { costSessionShape } from '../../domain/budget/contract.ts';
import { contractJson } from '../../domain/budget/json.ts';
import { costSessions } from '../../domain/goal/cost-sessions.ts';
import { isFinal } from '../../domain/status.ts';
import type { Context } from '../context.ts';
import type { World } from '../world.ts';

type Tracking = Pick<Context, 'session' | 'notify'> & { readonly world: Pick<World, 'files'> };

/** Says before an agent works that the user's cost tracker cannot be written. Returns whether it said so. */
export async function tryCostTracker({ world, session, notify }: Tracking): Promise<boolean> {
  const path = session.state.created?.options.costTracker;
  const failure = path === undefined ? null : await world.files.tryAppend(path);
  if (failure !== null) notify({ kind: 'warning', text: unwritable(failure) });
  return failure !== null;
}

const unwritable = (failure: string): string =>
  `the cost tracker cannot be written: ${failure}; what the goal costs is in omk cost all the same`;

/** Appends each finished session to the user's cost tracker, once. A file that cannot be written is said and stops nothing. */
export async function trackCost({ world, session, notify }: Tracking, isSaid: boolean): Promise<void> {
  const { state, lines, goal } = session;
  const path = state.created?.options.costTracker;
  if (path === undefined) return;
  const done = costSessions(lines.map(({ event }) => event)).filter(
    (each) => each.endedAt !== null || isFinal(state.status),
  );
  if (done.length === 0) return;
  const failure = await world.files.appendOnce(
    path,
    done.map((each) => contractJson(costSessionShape(goal, each), 0)),
  );
  if (failure !== null && !isSaid) notify({ kind: 'warning', text: unwritable(failure) });
}
