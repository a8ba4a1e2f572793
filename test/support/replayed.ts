import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replayGoal } from '../../src/engine/recording/replay.ts';
import { openStore } from '../../src/store/open.ts';
import { openCassettes } from '../../src/world/cassette/open.ts';
import { systemClock } from '../../src/world/clock/system.ts';

/** Every goal of a state directory that was recorded, executed again: what diverges, as a sentence each. */
export async function divergences(stateDir: string): Promise<readonly string[]> {
  if (!existsSync(join(stateDir, 'cassettes')) || !existsSync(join(stateDir, 'goals.db'))) return [];
  const store = await openStore({ stateDir, clock: systemClock });
  const found: string[] = [];
  try {
    for (const { goal } of await store.list()) {
      const cassette = openCassettes(stateDir, 0).read(goal);
      if (cassette === null) continue;
      const events = (await store.read(goal)).map(({ event }) => event);
      const replayed = await replayGoal({ goal, events, cassette, blob: (sha256) => store.getBlob(sha256) });
      if (replayed.kind === 'diverged') {
        const { seq, why, recorded, here } = replayed;
        found.push(`${goal} diverged at seq ${seq}: ${why}\n${JSON.stringify({ recorded, here })}`.slice(0, 4000));
      } else if (replayed.kind !== 'reproduced') found.push(`${goal}: ${replayed.kind}: ${replayed.why}`);
    }
  } finally {
    await store.close();
  }
  return found;
}
