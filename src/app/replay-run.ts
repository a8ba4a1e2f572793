import { OmkError } from '../domain/error.ts';
import type { Recorded } from '../engine/recording/recorded.ts';
import { replayGoal, type Replayed } from '../engine/recording/replay.ts';
import type { Store } from '../store/port.ts';
import { openCassettes } from '../world/cassette/open.ts';
import { blobCorrupt } from '../replay/cassette/unplayable.ts';
import { withGoal } from './goal-store.ts';
import { environment } from './here.ts';
import { stateDir } from './paths.ts';

export type { Divergence } from '../engine/recording/recorded.ts';
export type { Replayed } from '../engine/recording/replay.ts';

/** The executions of a goal of this machine, made again on what was recorded. */
export const replayRun = (name: string): Promise<Replayed & { readonly goal: string }> =>
  withGoal(name, async (store, { goal }) => {
    const cassette = openCassettes(stateDir(environment()), 0).read(goal);
    if (cassette === null) return { goal, kind: 'not_replayable', why: 'it has no cassette' };
    const events = (await store.read(goal)).map(({ event }) => event);
    return { goal, ...(await replayGoal({ goal, events, cassette, blob: (sha256) => blobOf(store, sha256) })) };
  });

const blobOf: (store: Store, sha256: string) => ReturnType<Recorded['blob']> = (store, sha256) =>
  store.getBlob(sha256).catch((error: unknown) => {
    if (error instanceof OmkError && error.code === 'STORE_CORRUPT') throw blobCorrupt(sha256);
    throw error;
  });
