import type { GoalEvent, GoalOptions } from '../../../domain/goal/event.ts';
import { isFinal } from '../../../domain/status.ts';
import { created } from '../../../domain/testing/build.ts';
import type { Cassettes, StoredCassette } from '../../../world/cassette/port.ts';
import { runGoal } from '../../commands/run.ts';
import type { Recorded } from '../../recording/recorded.ts';
import { replayGoal, type Replayed } from '../../recording/replay.ts';
import { Session } from '../../session.ts';
import { StopRequest } from '../../stop-request.ts';
import { Chance } from './chance.ts';
import { wildClock } from './clock.ts';
import { memoryStore } from './memory-store.ts';
import { Process } from './process.ts';
import { chaosWorld } from './world.ts';

export interface Chaos {
  readonly recorded: Recorded;
  readonly replayed: Replayed;
  readonly status: string;
  readonly events: number;
  readonly processes: number;
}

/** Processes that work on one goal until it is final, at most so many. */
const MOST = 5;

/** One goal in a world that follows from the seed, worked on until it ends, and executed again from what was recorded. */
export async function chaos(seed: number): Promise<Chaos> {
  const chance = new Chance(seed);
  const clock = wildClock(chance);
  const store = memoryStore(clock.now);
  const tapes: { text: string; isOver: boolean }[] = [];
  const contents = new Map<string, Uint8Array>();
  const data = created({ maxAttempts: 2 + chance.below(3), canaryOnBase: true, ...tasksOf(seed) });
  // What has more to do meets as much trouble in all.
  const calm = data.options.plan ? 6 : 1;
  const session = await Session.open({ store, clock }, data.goal);
  await session.append({ type: 'goal.created', data });
  for (let count = 0; count < MOST && !isFinal(session.state.status); count += 1) {
    const own = new Process(chance, calm);
    const cassettes = cassettesIn(tapes, contents, own);
    const world = own.doors(chaosWorld(chance, store, clock, cassettes));
    const stop = new AbortController();
    const timers = clock.goOn(() => {
      if (chance.once(400 * calm)) stop.abort(new StopRequest('stopped by the user'));
      if (chance.once(400 * calm)) pauseElsewhere(session);
    });
    const request = { goal: data.goal, signal: stop.signal, notify: () => undefined };
    await Promise.race([runGoal(world, request).catch(() => undefined), own.killed]);
    timers();
    for (const tape of tapes) tape.isOver = true;
    await session.refresh();
  }
  const events = (await store.read(data.goal)).map(({ event }) => event);
  const cassette: StoredCassette = {
    runs: tapes.map(({ text }) => text),
    content: (sha256) => contents.get(sha256) ?? null,
    contents: () => [...contents.keys()],
  };
  const blob = async (sha256: string) => store.blobs.get(sha256) ?? new Uint8Array();
  const recorded: Recorded = { goal: data.goal, events, cassette, blob };
  const replayed = await replayGoal(recorded);
  return { recorded, replayed, status: session.state.status, events: events.length, processes: tapes.length };
}

/** Every other goal has a plan of two to eight tasks that are worked on at once. */
function tasksOf(seed: number): Partial<GoalOptions> {
  if (seed % 2 === 1) return {};
  const ids = Array.from({ length: 2 + ((seed / 2) % 7) }, (_, index) => `t${index + 1}`);
  const criteria = [{ id: 'c', text: 'it subtracts', gate: 'test' }];
  const tasks = ids.map((id) => ({ id, title: `Do ${id}`, criteria: ['c'] }));
  return { maxAgents: 8, plan: { document: { criteria, tasks }, sha256: 'e'.repeat(64) } };
}

/** As `omk goal pause` does from another process; a state that does not take it stays as it is. */
function pauseElsewhere(session: Session): void {
  const event: GoalEvent = { type: 'goal.paused', data: { why: 'paused by another process' } };
  session
    .refresh()
    .then(() => session.append(event))
    .catch(() => undefined);
}

function cassettesIn(
  tapes: { text: string; isOver: boolean }[],
  contents: Map<string, Uint8Array>,
  own: Process,
): Cassettes {
  return {
    maxBytes: 1e9,
    here: { node: '26', system: 'chaos' },
    bytesOf: () => 0,
    folder: () => '',
    read: () => null,
    begin: () => {
      const tape = { text: '', isOver: false };
      tapes.push(tape);
      return {
        run: tapes.length,
        append: (line) => {
          if (!own.isDead && !tape.isOver) tape.text += line;
        },
        keep: (sha256, content) => {
          contents.set(sha256, Uint8Array.from(content));
          return content.length;
        },
        close: () => undefined,
      };
    },
  };
}
