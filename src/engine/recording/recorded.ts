import type { Measurement } from '../../domain/gates/evidence.ts';
import type { RunGateRequest } from '../../world/gates/port.ts';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import { withoutPlaces, withPlaces, type Places } from '../../domain/log/places.ts';
import type { GoalId, Sha256, TreeId } from '../../domain/ids.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import type { StoredCassette } from '../../world/cassette/port.ts';
import { formerPlacesOf, placesOf, unknownPlace, type Place } from '../../replay/cassette/places.ts';
import type { Entry, Tape } from '../../replay/cassette/tape.ts';

/** What a replay has: nothing of it comes from the machine that it runs on. */
export interface Recorded {
  readonly goal: GoalId;
  readonly events: readonly LoggedEvent[];
  readonly cassette: StoredCassette;
  /** Runs a gate that the engine asked for, and says in what it differs. Absent: none is run. */
  readonly gate?: (ran: RanGate) => Promise<string | null>;
  readonly blob: (sha256: Sha256) => Promise<Uint8Array | null>;
}

/** A run of a gate as the engine asked for it, and what it showed then. */
export interface RanGate {
  readonly request: RunGateRequest;
  readonly recorded: Measurement;
  /** The trees that its layer was asked for; null where it had none. */
  readonly layer: { readonly tree: TreeId; readonly base: TreeId } | null;
}

/** Where the log and the engine made again are not the same. */
export interface Divergence {
  readonly seq: number;
  readonly recorded: LoggedEvent | null;
  /** Null: none was made. */
  readonly here: GoalEvent | null;
  readonly why: string;
  /** The first line in which content that both name differs. Absent: it is not there, or the same. */
  readonly text?: { readonly line: number; readonly recorded: string; readonly here: string } | undefined;
}

/** The places of the machine of then, as far as they are known here. A log of before names them in its events. */
export function placesIn(events: readonly LoggedEvent[], { opening, entries }: Tape): readonly Place[] {
  const { v, words = [] } = opening;
  const first = events[0]?.type === 'goal.created' ? events[0].data : null;
  const worktree = events.find((event) => event.type === 'attempt.started')?.data.worktree ?? '';
  const at = worktree.indexOf(`/worktrees/${first?.goal}/`);
  const of = sha256Hex(JSON.stringify(events[0] ?? null)).slice(0, 16);
  return (v < 3 ? formerPlacesOf : placesOf)({
    ...Object.fromEntries(words.map((word) => [word, unknownPlace(of, word)])),
    state: at > 0 ? worktree.slice(0, at) : unknownPlace(of, 'state'),
    root: first?.repository.root || unknownPlace(of, 'repository'),
    ...Object.fromEntries(entries.flatMap(toldIn)),
  });
}

/** A path of then that the recorded bytes name; somebody else may have made the tape. */
const toldIn = (entry: Entry): readonly (readonly [string, string])[] =>
  entry.t === 'place' && typeof entry.word === 'string' && typeof entry.path === 'string'
    ? [[entry.word, entry.path]]
    : [];

/** The first event with the paths that the engine was given: a log in a bundle has none. */
export function withPlacesOf(event: LoggedEvent, places: unknown): LoggedEvent {
  if (event.type !== 'goal.created' || !isPlaces(places)) return event;
  const data: typeof event.data = Object.assign(
    JSON.parse('{}'),
    withPlaces(event.type, { ...withoutPlaces(event).data }, places),
  );
  return { ...event, data };
}

const isPlaces = (value: unknown): value is Places => typeof value === 'object' && value !== null;

/** Digests of the blobs that events name. */
export function blobsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (at: unknown): void => {
    if (typeof at !== 'object' || at === null) return;
    if ('sha256' in at && 'bytes' in at && 'truncated' in at && typeof at.sha256 === 'string') found.add(at.sha256);
    else for (const each of Object.values(at)) walk(each);
  };
  walk(value);
  return found;
}
