import { OmkError } from '../../domain/error.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { GoalId } from '../../domain/ids.ts';
import { createGoal } from '../../engine/commands/create.ts';
import { runGoal } from '../../engine/commands/run.ts';
import { deliverAfterRun } from '../../engine/delivery/after-run.ts';
import { whileLeased } from '../../engine/lease.ts';
import { Session } from '../../engine/session.ts';
import type { Notice } from '../../engine/world.ts';
import type { Live } from '../compose.ts';
import { standingOf } from './known.ts';
import { failed, left, worked, type Outcome } from './outcome.ts';
import type { KnownEntry } from './read.ts';
import type { Alike, Told } from './told.ts';

interface Work {
  readonly world: Live;
  readonly alike: Alike;
  readonly signal: AbortSignal;
  readonly tell: (told: Told) => void;
  /** Told of every goal before it goes on, and whenever it may have used something. */
  readonly sees: (goal: GoalId, state: GoalState) => void;
}

/** One entry of a queue: its goal is made, continued or left as it is. Only one process works on an entry at a time. */
export async function workOnEntry(work: Work, entry: KnownEntry): Promise<Outcome> {
  const { world, alike, signal } = work;
  const lease = `entry-${alike.repository.pin.id}-${entry.digest}`;
  try {
    return await whileLeased(world, lease, signal, (held) => lookAndWork({ ...work, signal: held }, entry));
  } catch (error) {
    if (!isBusy(error)) return failed(entry, error);
    return busy(work, entry).catch((cause: unknown) => failed(entry, cause));
  }
}

/** The other process may not have made its goal yet. */
async function busy({ world, alike }: Work, entry: KnownEntry): Promise<Outcome> {
  const standing = await standingOf(world, alike.repository.pin.id, entry);
  return left(entry, 'another process works on it', standing.kind === 'start' ? {} : standing);
}

async function lookAndWork(work: Work, entry: KnownEntry): Promise<Outcome> {
  const { world, alike, sees, tell } = work;
  const standing = await standingOf(world, alike.repository.pin.id, entry);
  if (standing.kind === 'leave') return left(entry, standing.why, standing);
  if (standing.kind === 'resume') {
    sees(standing.goal, standing.state);
    tell({ kind: 'began', entry, goal: standing.goal, resumed: true });
    return run(work, entry, standing.goal);
  }
  const { prompt, origin, material, digest } = entry;
  const early: Notice[] = [];
  const goal = await createGoal(
    world,
    {
      ...alike,
      prompt,
      ...(origin ? { origin } : {}),
      ...(material ? { material } : {}),
      entry: digest,
    },
    (notice) => void early.push(notice),
  );
  tell({ kind: 'began', entry, goal, resumed: false });
  for (const notice of early) notifier(work, entry, goal)(notice);
  return run(work, entry, goal);
}

async function run(work: Work, entry: KnownEntry, goal: GoalId): Promise<Outcome> {
  const { world, signal } = work;
  const notify = notifier(work, entry, goal);
  let state: GoalState | null = null;
  try {
    state = await runGoal(world, { goal, signal, notify });
    const delivered = await deliverAfterRun(world, goal, state, signal, notify);
    if (delivered !== null) ({ state } = await Session.open(world, goal));
    return worked(entry, goal, state, delivered);
  } catch (error) {
    if (isBusy(error)) throw error;
    return failed(entry, error, { goal, state: state ?? (await Session.open(world, goal)).state });
  }
}

const isBusy = (error: unknown): boolean => error instanceof OmkError && error.code === 'GOAL_BUSY';

const notifier =
  ({ sees, tell }: Work, entry: KnownEntry, goal: GoalId) =>
  (notice: Notice): void => {
    if (notice.kind === 'event' || notice.kind === 'budget') sees(goal, notice.state);
    tell({ kind: 'notice', entry, goal, notice });
  };
