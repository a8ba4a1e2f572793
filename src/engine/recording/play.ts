import { canonical } from '../../domain/canonical.ts';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import { withoutPlaces } from '../../domain/log/places.ts';
import { decode, type DecodeWith } from '../../replay/cassette/decode.ts';
import type { Encoded } from '../../replay/cassette/encode.ts';
import { keyOf } from '../../replay/cassette/key.ts';
import { isObject } from '../../replay/cassette/members.ts';
import { withPaths, type Place } from '../../replay/cassette/places.ts';
import { blobCorrupt } from '../../replay/cassette/unplayable.ts';
import type { Tape } from '../../replay/cassette/tape.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { execute, type RunRequest } from '../commands/run.ts';
import { StopRequest } from '../stop-request.ts';
import type { World } from '../world.ts';
import { withPlacesOf, type Divergence, type Recorded } from './recorded.ts';
import { Schedule, isAppend, type Handed, type Outcome } from './schedule.ts';
import { atRest } from './turns.ts';

interface Pending {
  readonly path: string;
  readonly key: string;
  readonly args: readonly unknown[];
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Tell = Parameters<NonNullable<RunRequest['onLost']>>[0];

/** Rests that the engine gets before what it waits for is taken to be missing. */
const PATIENCE = 50;

/** One execution made again: the same engine, on a world that only knows what was recorded. */
export class Player {
  readonly #recorded: Recorded;
  /** As the engine knows it: with the paths of the machine of then. */
  readonly #log: LoggedEvent[];
  readonly #tape: Tape;
  readonly #schedule: Schedule;
  readonly #places: readonly Place[];
  readonly #pending = new Map<string, Pending>();
  readonly #counts = new Map<string, number>();
  readonly #names = new WeakMap<object, string>();
  readonly #objects = new Map<string, object>();
  /** Content of blobs that the engine made again, for telling how they differ. */
  readonly #made: Map<string, Uint8Array>;
  readonly #stop = new AbortController();
  #tell: Tell = () => undefined;
  #divergence: Divergence | null = null;
  #broken: Error | null = null;
  /** Events of the log that are there again. */
  #position: number;
  #appended = 0;

  constructor(
    recorded: Recorded & { readonly events: LoggedEvent[] },
    tape: Tape,
    places: readonly Place[],
    made: Map<string, Uint8Array>,
  ) {
    this.#recorded = recorded;
    this.#log = recorded.events;
    this.#tape = tape;
    this.#schedule = new Schedule(tape);
    this.#places = places;
    this.#made = made;
    this.#position = tape.opening.from;
  }

  get position(): number {
    return this.#position;
  }

  /** Events that the engine made again. */
  get appended(): number {
    return this.#appended;
  }

  /** Null when everything came out as it is recorded. */
  async play(): Promise<Divergence | null> {
    const ended: { done: boolean; error: unknown } = { done: false, error: null };
    execute(this.#world(), {
      goal: this.#recorded.goal,
      signal: this.#stop.signal,
      notify: () => undefined,
      onLost: (tell) => {
        this.#tell = tell;
        return () => undefined;
      },
    }).then(
      () => (ended.done = true),
      (error: unknown) => Object.assign(ended, { done: true, error }),
    );
    for (;;) {
      const next = await this.#next(() => ended.done || this.#divergence !== null || this.#broken !== null);
      if (this.#broken !== null) throw this.#broken;
      if (this.#divergence !== null) return this.#divergence;
      if (next === null) return this.#atEnd(ended.done);
      await this.#hand(next);
    }
  }

  async #next(isOver: () => boolean): Promise<Handed | null> {
    for (let rests = 0; rests < PATIENCE; rests += 1) {
      await atRest();
      if (isOver()) return null;
      const next = this.#schedule.next((entry) => this.#isAsked(entry));
      if (next !== null) return next;
    }
    return null;
  }

  /** A process that was killed stops where the recording does; another that still waits has taken another way. */
  #atEnd(isDone: boolean): Divergence | null {
    const left = this.#schedule.left();
    if (isDone ? !left.some(isAppend) : left.length === 0 && !this.#schedule.isWhole) return null;
    const asked = [...this.#pending.values()].map(({ key }) => key).slice(0, 3);
    const next = left[0] ? nameOf(left[0]) : 'nothing';
    return this.#diverged(
      null,
      isDone
        ? 'the execution ended here, and went on in the recording'
        : `the engine waits for ${asked.join(', ') || 'nothing'}, the recording has ${next} next`,
    );
  }

  #diverged(here: GoalEvent | null, why: string): Divergence {
    const seq = this.#position;
    this.#divergence ??= { seq, recorded: this.#log[seq] ?? null, here, why };
    return this.#divergence;
  }

  #isAsked(entry: Handed): boolean {
    return 'k' in entry ? this.#pending.has(`${entry.k}#${entry.n}`) : true;
  }

  async #hand(entry: Handed): Promise<void> {
    if (entry.t === 'stop') return this.#stop.abort(new StopRequest(entry.why));
    if (entry.t === 'lost')
      return this.#tell({ stream: entry.stream === 'stderr' ? 'stderr' : 'stdout', code: entry.code });
    const pending = this.#pending.get(`${entry.k}#${entry.n}`);
    if (!pending) return;
    if (entry.t === 'back') {
      const act = pending.args[Number(entry.i)];
      const args = this.#decode(entry.a, `${entry.k}#${entry.n}`);
      if (typeof act === 'function' && Array.isArray(args)) act(...args);
      return;
    }
    this.#pending.delete(`${entry.k}#${entry.n}`);
    if (entry.t === 'failed') return pending.reject(this.#decode(entry.r, entry.k));
    pending.resolve(await this.#answer(pending, entry));
  }

  #call(path: string, args: readonly unknown[]): unknown {
    const key = keyOf(path, args, { places: this.#places, named: (value) => this.#names.get(value) ?? null });
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n + 1);
    if (this.#schedule.isAtOnce(key)) return this.#atOnce(key, n, path, args);
    if (path === 'store.append') this.#compare(args, this.#schedule.outcomeOf(key, n));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(`${key}#${n}`, { path, key, args, resolve, reject });
    return promise;
  }

  #atOnce(key: string, n: number, path: string, args: readonly unknown[]): unknown {
    const answer = this.#schedule.now(key);
    if (answer === undefined) {
      this.#diverged(null, `the engine asks ${key}, which the recording does not have`);
      throw new TypeError(`not recorded: ${key}`);
    }
    const value = this.#decode(answer, key);
    // What was asked for calls back until it is ended.
    if (typeof value !== 'function') return value;
    const at = `${key}#${n}`;
    this.#pending.set(at, { path, key, args, resolve: () => undefined, reject: () => undefined });
    return () => void this.#pending.delete(at);
  }

  /** An append must be what the log has next. One that is not in the recording was the last act of a process that was killed. */
  #compare(args: readonly unknown[], outcome: Outcome | null): void {
    const [, version, events, , at] = args;
    if (outcome !== null && !isAppend(outcome)) return;
    const asked = eventsOf(events);
    const from = Number(version);
    const differs = asked.findIndex((event, index) => !this.#isRecorded(event, from + index, at));
    if (differs === -1) {
      asked.forEach((event, index) => this.#learn(event, from + index));
      this.#position = from + asked.length;
      this.#appended += asked.length;
    } else if (outcome !== null) {
      this.#position = from + differs;
      this.#diverged(asked[differs] ?? null, 'another event');
    }
  }

  #isRecorded(event: GoalEvent, seq: number, at: unknown): boolean {
    const recorded = this.#log[seq];
    return recorded !== undefined && (at === undefined || at === recorded.ts) && textOf(event) === textOf(recorded);
  }

  #learn(event: GoalEvent, seq: number): void {
    const recorded = this.#log[seq];
    if (recorded) this.#log[seq] = Object.assign({ ...recorded }, event);
  }

  async #answer({ path, args }: Pending, { k, r }: Outcome): Promise<unknown> {
    const { blob } = this.#recorded;
    const log = this.#log;
    const [, from, events, at] = args;
    switch (path) {
      case 'store.append': {
        if (r !== 'appended') return { kind: 'conflict', version: this.#position };
        const first = Number(from);
        return { kind: r, events: log.slice(first, first + eventsOf(events).length) };
      }
      case 'store.read': {
        const first = Number(from ?? 0);
        this.#position = Math.max(this.#position, first + Number(r));
        return log.slice(first, first + Number(r)).map(lineOf);
      }
      case 'store.foresee':
        return r === true ? this.#foreseen(Number(from), eventsOf(events), at) : null;
      case 'store.putBlob':
        return this.#put(args);
      case 'store.getBlob': {
        const sha256 = String(args[0]);
        const content = r === true ? (this.#made.get(sha256) ?? (await blob(sha256))) : null;
        if (r === true && content === null) throw blobCorrupt(sha256);
        return content;
      }
      case 'proofs.build':
        return new Map();
      default:
        return this.#decode(r, k);
    }
  }

  #foreseen(version: number, events: readonly GoalEvent[], at: unknown): unknown {
    const differs = events.findIndex((event, index) => !this.#isRecorded(event, version + index, at));
    return differs === -1 ? this.#log.slice(version, version + events.length).map(lineOf) : [];
  }

  #put([content, truncated]: readonly unknown[]): unknown {
    const bytes = content instanceof Uint8Array ? content : new Uint8Array();
    const sha256 = sha256Hex(bytes);
    this.#made.set(sha256, bytes);
    return { sha256, bytes: bytes.length, truncated: truncated === true };
  }

  #world(): World {
    const { doors, places } = this.#tape.opening;
    const [first] = this.#log;
    if (first) this.#log[0] = withPlacesOf(first, this.#decode(places, 'places'));
    const members = isObject(doors) ? Object.entries(doors) : [];
    const world: World = Object.assign(
      JSON.parse('{}'),
      Object.fromEntries(members.map(([name, door]) => [name, this.#decode(door, name)])),
    );
    return world;
  }

  #decode(value: Encoded, path: string): unknown {
    return decode(value, path, this.#how);
  }

  readonly #how: DecodeWith = {
    text: (text) => withPaths(text, this.#places),
    content: (sha256) => {
      const content = this.#recorded.cassette.content(sha256);
      if (content !== null && sha256Hex(content) === sha256) return content;
      // Asked for by the engine, which may take it for a failure of a door.
      this.#broken ??= blobCorrupt(sha256);
      throw this.#broken;
    },
    call:
      (path) =>
      (...args) =>
        this.#call(path, args),
    each: (path) => ({
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          const step = await this.#call(`${path}.next`, []);
          return isStep(step) ? step : { done: true, value: undefined };
        },
      }),
    }),
    name: (path, value) => {
      this.#names.set(value, path);
      this.#objects.set(path, value);
      return value;
    },
    named: (path) => this.#objects.get(path),
  };
}

/** An event as text, without the paths of a machine. */
const textOf = (event: GoalEvent): string => canonical({ type: event.type, data: withoutPlaces(event).data });

const lineOf = (event: LoggedEvent) => ({ event, line: '' });

const isStep = (value: unknown): value is IteratorResult<unknown> => isObject(value) && 'done' in value;

const isEvent = (value: unknown): value is GoalEvent => isObject(value) && 'type' in value && 'data' in value;

const eventsOf = (value: unknown): readonly GoalEvent[] => (Array.isArray(value) ? value.filter(isEvent) : []);

const nameOf = (entry: Handed): string => ('k' in entry ? entry.k : entry.t);
