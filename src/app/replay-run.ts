import { OmkError } from '../domain/error.ts';
import { realGates } from '../engine/recording/real-gates.ts';
import type { Recorded } from '../engine/recording/recorded.ts';
import { replayWith, type Replayed } from '../engine/recording/replay.ts';
import { blobCorrupt } from '../replay/cassette/unplayable.ts';
import type { Store } from '../store/port.ts';
import { openCassettes } from '../world/cassette/open.ts';
import { replayBundle } from './bundle-replay.ts';
import { openWorld, type Live } from './compose.ts';
import { withGoal } from './goal-store.ts';
import { gatesOf, gatesOfFolder, verifiedPin, type Watch } from './replay-gates.ts';
import { notStated } from './verify/cassette-seal.ts';
import type { Made } from './verify/check-made.ts';
import { isBundle, readLogOf } from './replay-log.ts';
import { environment } from './here.ts';
import { stateDir } from './paths.ts';
import type { GoalId, Sha256 } from '../domain/ids.ts';

export { NO_CASSETTE } from './bundle-replay.ts';
export type { Watch } from './replay-gates.ts';
export type { Divergence } from '../engine/recording/recorded.ts';
export type { Replayed } from '../engine/recording/replay.ts';

export type NamedReplay = Replayed & { readonly goal: GoalId };

/** How a replay runs gates; null: it takes what they showed then. */
type Gates = Watch | null;

/** The executions of a goal of this machine or of a bundle, made again on what was recorded. */
export async function replayRun(name: string, gates: Gates): Promise<NamedReplay> {
  if (!isBundle(name)) return replayOwn(name, gates);
  const log = await readLogOf(name);
  const { goal, events } = log;
  const why = notStated(name, goal);
  if (why !== null) return { goal, kind: 'cassette_corrupt', why };
  if (gates === null) return { goal, ...(await replayBundle(name, log, null)) };
  const replayed = await inWorld(async (world) =>
    replayBundle(name, log, await gatesOfFolder(world, name, events, gates)),
  );
  return { goal, ...replayed };
}

/** The same for a bundle that was checked. Its gates run where it verifies to V1 only. */
export async function replayChecked(world: Live, folder: string, made: Made, gates: Gates): Promise<Replayed> {
  const log = await readLogOf(folder);
  const pin = verifiedPin(made);
  if (gates === null || typeof pin === 'string') return replayBundle(folder, log, null);
  const replayed = await replayBundle(folder, log, await gatesOf(world, pin, log.events, gates));
  await world.gates.clear();
  return replayed;
}

const replayOwn = (name: string, gates: Gates): Promise<NamedReplay> =>
  withGoal(name, async (store, { goal }): Promise<NamedReplay> => {
    const cassette = openCassettes(stateDir(environment()), 0).read(goal);
    if (cassette === null) return { goal, kind: 'not_replayable', why: 'it has no cassette' };
    const events = (await store.read(goal)).map(({ event }) => event);
    const recorded: Recorded = { goal, events, cassette, blob: (sha256) => blobOf(store, sha256) };
    return { goal, ...(await replayHere(recorded, gates)) };
  });

const blobOf: (store: Store, sha256: Sha256) => ReturnType<Recorded['blob']> = (store, sha256) =>
  store.getBlob(sha256).catch((error: unknown) => {
    if (error instanceof OmkError && error.code === 'STORE_CORRUPT') throw blobCorrupt(sha256);
    throw error;
  });

/** The gates of this machine run on the trees that omk kept of the goal. */
function replayHere(recorded: Recorded, gates: Gates): Promise<Replayed> {
  const [first] = recorded.events;
  if (gates === null || first?.type !== 'goal.created') return replayWith(recorded, null);
  const pin = first.data.repository;
  return inWorld(async (world) => replayWith(recorded, await realGates(world, pin, recorded.events, gates)));
}

async function inWorld<T>(work: (world: Live) => Promise<T>): Promise<T> {
  const world = await openWorld(environment());
  try {
    return await work(world);
  } finally {
    await world.gates.clear();
    await world.store.close();
  }
}
