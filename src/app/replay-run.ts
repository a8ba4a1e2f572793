import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OmkError } from '../domain/error.ts';
import { realGates } from '../engine/recording/real-gates.ts';
import type { Recorded } from '../engine/recording/recorded.ts';
import { replayGoal, type Replayed } from '../engine/recording/replay.ts';
import { blobCorrupt } from '../replay/cassette/unplayable.ts';
import type { Store } from '../store/port.ts';
import { openCassettes } from '../world/cassette/open.ts';
import { EVENTS } from '../proof/format/names.ts';
import { replayBundle } from './bundle-replay.ts';
import { openWorld } from './compose.ts';
import { withGoal } from './goal-store.ts';
import { readLogOf } from './replay-log.ts';
import { environment } from './here.ts';
import { stateDir } from './paths.ts';
import type { GoalId, Sha256 } from '../domain/ids.ts';

export { NO_CASSETTE } from './bundle-replay.ts';
export type { Divergence } from '../engine/recording/recorded.ts';
export type { Replayed } from '../engine/recording/replay.ts';

export type NamedReplay = Replayed & { readonly goal: GoalId };

/** The executions of a goal of this machine or of a bundle, made again on what was recorded. */
export async function replayRun(name: string, gates: 'run' | 'recorded'): Promise<NamedReplay> {
  if (!existsSync(join(name, EVENTS))) return replayOwn(name, gates);
  if (gates === 'run')
    throw new OmkError(
      'FLAG_INVALID',
      'A bundle is executed without its gates',
      '--gates recorded; omk verify --rerun runs the gates of a bundle',
    );
  const log = await readLogOf(name);
  return { goal: log.goal, ...(await replayBundle(name, log)) };
}

const replayOwn = (name: string, gates: 'run' | 'recorded'): Promise<NamedReplay> =>
  withGoal(name, async (store, { goal }): Promise<NamedReplay> => {
    const cassette = openCassettes(stateDir(environment()), 0).read(goal);
    if (cassette === null) return { goal, kind: 'not_replayable', why: 'it has no cassette' };
    const events = (await store.read(goal)).map(({ event }) => event);
    const recorded: Recorded = { goal, events, cassette, blob: (sha256) => blobOf(store, sha256) };
    return { goal, ...(gates === 'recorded' ? await replayGoal(recorded) : await withRealGates(recorded)) };
  });

const blobOf: (store: Store, sha256: Sha256) => ReturnType<Recorded['blob']> = (store, sha256) =>
  store.getBlob(sha256).catch((error: unknown) => {
    if (error instanceof OmkError && error.code === 'STORE_CORRUPT') throw blobCorrupt(sha256);
    throw error;
  });

async function withRealGates(recorded: Recorded): Promise<Replayed> {
  const [first] = recorded.events;
  if (first?.type !== 'goal.created') return replayGoal(recorded);
  const world = await openWorld(environment());
  try {
    const gates = await realGates(world, first.data.repository, recorded.events);
    const replayed = await replayGoal({ ...recorded, gate: gates.compare });
    await world.gates.clear();
    return replayed.kind === 'reproduced' ? { ...replayed, gates: gates.ran() } : replayed;
  } finally {
    await world.store.close();
  }
}
