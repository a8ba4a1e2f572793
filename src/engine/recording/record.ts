import { inWords } from '../../domain/disk-error.ts';
import { withoutPlaces, type Places } from '../../domain/log/places.ts';
import { encode } from '../../replay/cassette/encode.ts';
import { placesOf } from '../../replay/cassette/places.ts';
import { CASSETTE_VERSION } from '../../replay/cassette/tape.ts';
import type { CassetteWriter } from '../../world/cassette/port.ts';
import type { RunRequest } from '../commands/run-request.ts';
import { created } from '../context.ts';
import type { Session } from '../session.ts';
import { whyStopped } from '../stop-request.ts';
import type { World } from '../world.ts';
import { Turns } from './turns.ts';
import { Wrapper } from './wrap.ts';
import { EntryWriter } from './writer.ts';

export interface Recording {
  readonly world: World;
  readonly request: RunRequest;
  /** What is done from here on is not part of it. */
  end(): void;
}

/** The doors that the engine works through. */
const DOORS = [
  'store',
  'git',
  'forge',
  'agents',
  'gates',
  'layers',
  'clock',
  'prices',
  'secrets',
  'syntax',
  'files',
  'proofs',
  'concurrency',
  'version',
] as const satisfies readonly (keyof World)[];

/** The world of one execution, which writes down what the engine takes from it; the world itself where nothing can be written. */
export function record(
  world: World,
  request: RunRequest,
  { lines, state }: Pick<Session, 'lines' | 'state'>,
): Recording {
  const { cassettes } = world;
  const file = cassettes === undefined || cassettes.maxBytes === 0 ? null : begun(world, request);
  if (cassettes === undefined || file === null) return { world, request, end: () => undefined };
  const turns = new Turns();
  const { root } = created(state).repository;
  const own = lines[0] === undefined ? null : withoutPlaces(lines[0].event).places;
  const others = { ...world.files.own, ...programsOf(own) };
  const places = placesOf({ ...others, state: world.files.stateDir, root });
  const writer = new EntryWriter(file, {
    goal: request.goal,
    places,
    room: cassettes.maxBytes - cassettes.bytesOf(request.goal),
    onCut: (why) => request.notify({ kind: 'warning', text: `the run is not recorded any more: ${why}` }),
  });
  const wrapper = new Wrapper(writer, turns, places);
  const doors = Object.fromEntries(DOORS.map((door) => [door, world[door]]));
  writer.write({
    t: 'open',
    v: CASSETTE_VERSION,
    goal: request.goal,
    from: lines.length,
    omk: world.version,
    node: cassettes.here.node,
    machine: cassettes.here.system,
    words: Object.keys(others),
    places: encode(own, wrapper.how),
    doors: encode(doors, wrapper.how),
  });
  return {
    world: wrapper.wrap(world, ''),
    request: recorded(request, turns, writer),
    end: () => {
      wrapper.end();
      writer.close();
    },
  };
}

/** Each file that an agent is started with, by a name of its own. */
function programsOf(places: Places | null): Readonly<Record<string, string>> {
  const words = Object.values(places?.programs ?? {}).flat();
  const files = words.map((word) => word.replace(/^[^/]*=/, '')).filter((word) => word.startsWith('/'));
  return Object.fromEntries([...new Set(files)].map((file, at) => [`program.${at}`, file]));
}

function begun({ cassettes }: World, { goal, notify }: RunRequest): CassetteWriter | null {
  try {
    return cassettes?.begin(goal) ?? null;
  } catch (error) {
    const why = inWords(error)?.message ?? whyInTheWay(error);
    if (why === null) throw error;
    notify({ kind: 'warning', text: `the run is not recorded: ${why}` });
    return null;
  }
}

/** Somebody put a file where the folder of all cassettes belongs. */
const whyInTheWay = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && (error.code === 'ENOTDIR' || error.code === 'EEXIST')
    ? `a file is in the place of a folder (${error.message})`
    : null;

/** What a person and the machine say to an execution comes in its turn too. */
function recorded(request: RunRequest, turns: Turns, writer: EntryWriter): RunRequest {
  const { signal, onLost } = request;
  const stop = new AbortController();
  const onStop = (): void =>
    turns.add(() => {
      writer.write({ t: 'stop', why: whyStopped(signal) });
      stop.abort(signal.reason);
    });
  if (signal.aborted) onStop();
  else signal.addEventListener('abort', onStop, { once: true });
  return {
    ...request,
    signal: stop.signal,
    ...(onLost
      ? {
          onLost: (tell) =>
            onLost((lost) =>
              turns.add(() => {
                writer.write({ t: 'lost', ...lost });
                tell(lost);
              }),
            ),
        }
      : {}),
  };
}
