import { isObject } from '../../domain/record.ts';
import { decode, type DecodeWith } from '../../replay/cassette/decode.ts';
import type { Encoded } from '../../replay/cassette/encode.ts';
import { keyOf, methodOf } from '../../replay/cassette/key.ts';
import { isStep } from '../../replay/cassette/members.ts';
import { withPaths, type Place } from '../../replay/cassette/places.ts';
import type { Tape } from '../../replay/cassette/tape.ts';
import { blobCorrupt, Unplayable } from '../../replay/cassette/unplayable.ts';
import { sha256Hex } from '../../proof/format/bytes.ts';
import { execute } from '../commands/run.ts';
import type { RunRequest } from '../commands/run-request.ts';
import { StopRequest } from '../stop-request.ts';
import type { World } from '../world.ts';
import { Answers, type Asked } from './answer.ts';
import type { Divergence, Recorded } from './recorded.ts';
import type { ReplayedLog } from './replayed-log.ts';
import { Schedule, isAppend, type Handed } from './schedule.ts';
import { atRest } from './turns.ts';

interface Pending extends Asked {
  readonly key: string;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type Tell = Parameters<NonNullable<RunRequest['onLost']>>[0];

/** Rests that the engine gets before what it waits for is taken to be missing. */
const PATIENCE = 50;

/** One execution made again: the same engine, on a world that only knows what was recorded. */
export class Player {
  readonly #recorded: Recorded;
  readonly #tape: Tape;
  readonly #schedule: Schedule;
  readonly #places: readonly Place[];
  readonly #log: ReplayedLog;
  readonly #answers: Answers;
  readonly #pending = new Map<string, Pending>();
  readonly #counts = new Map<string, number>();
  readonly #names = new WeakMap<object, string>();
  readonly #objects = new Map<string, object>();
  readonly #stop = new AbortController();
  #tell: Tell = () => undefined;
  #divergence: Divergence | null = null;
  #broken: Error | null = null;

  /** `made`: content that the engine makes again, by its hash. */
  constructor(
    recorded: Recorded,
    tape: Tape,
    places: readonly Place[],
    log: ReplayedLog,
    made: Map<string, Uint8Array>,
  ) {
    this.#recorded = recorded;
    this.#tape = tape;
    this.#schedule = new Schedule(tape);
    this.#places = places;
    this.#log = log;
    this.#answers = new Answers(recorded, log, made);
  }

  /** Null when everything came out as it is recorded. */
  async play(): Promise<Divergence | null> {
    this.#log.begin(this.#tape.opening.from, this.#decode(this.#tape.opening.places, 'places'), this.#places);
    const ended = { done: false };
    const end = (): void => void (ended.done = true);
    execute(this.#world(), {
      goal: this.#recorded.goal,
      signal: this.#stop.signal,
      notify: () => undefined,
      onLost: (tell) => {
        this.#tell = tell;
        return () => undefined;
      },
    }).then(end, end);
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
      const next = this.#schedule.next((entry) => !('k' in entry) || this.#pending.has(`${entry.k}#${entry.n}`));
      if (next !== null) return next;
    }
    return null;
  }

  /** A process that was killed stops where the recording does; another that still waits has taken another way. */
  #atEnd(isDone: boolean): Divergence | null {
    const left = this.#schedule.left();
    if (isDone ? !left.some(isAppend) : left.length === 0 && !this.#schedule.isWhole) return null;
    if (isDone) return this.#diverged('the execution ended here, and went on in the recording');
    const asked = [...this.#pending.values()].map(({ key }) => key).slice(0, 3);
    const next = left[0] ? nameOf(left[0]) : 'nothing';
    return this.#diverged(`the engine waits for ${asked.join(', ') || 'nothing'}, the recording has ${next} next`);
  }

  #diverged(why: string): Divergence {
    this.#divergence ??= this.#log.divergence(null, why);
    return this.#divergence;
  }

  async #hand(entry: Handed): Promise<void> {
    if (entry.t === 'stop') return this.#stop.abort(new StopRequest(entry.why));
    if (entry.t === 'lost')
      return this.#tell({ stream: entry.stream === 'stderr' ? 'stderr' : 'stdout', code: entry.code });
    const at = `${entry.k}#${entry.n}`;
    const pending = this.#pending.get(at);
    if (!pending) return;
    if (entry.t === 'back') {
      const act = pending.args[Number(entry.i)];
      const args = this.#decode(entry.a, at);
      if (typeof act === 'function' && Array.isArray(args)) this.#callBack(() => act(...args), entry.k);
      return;
    }
    this.#pending.delete(at);
    if (entry.t === 'failed') return pending.reject(this.#decode(entry.r, entry.k));
    const answer = await this.#answers.to(pending, entry.r, () => this.#decode(entry.r, entry.k));
    if (answer.differs === undefined) pending.resolve(answer.value);
    else this.#diverged(answer.differs);
  }

  /** What the engine fails on here it did not fail on then. */
  #callBack(act: () => unknown, key: string): void {
    try {
      act();
    } catch (error) {
      this.#diverged(`the engine fails on what ${methodOf(key)} gave: ${String(error)}`);
    }
  }

  #call(path: string, args: readonly unknown[]): unknown {
    const key = keyOf(path, args, { places: this.#places, named: (value) => this.#names.get(value) ?? null });
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n + 1);
    if (this.#schedule.isAtOnce(key)) return this.#atOnce(key, n, { path, args });
    if (path === 'store.append') this.#divergence ??= this.#log.append(args, this.#schedule.outcomeOf(key, n));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(`${key}#${n}`, { path, key, args, resolve, reject });
    return promise;
  }

  #atOnce(key: string, n: number, asked: Asked): unknown {
    const answer = this.#schedule.now(key);
    if (answer === undefined) {
      // A process that was killed here wrote no answer any more.
      const wasKilled = !this.#schedule.isWhole && this.#schedule.left().length === 0;
      if (!wasKilled) this.#diverged(`the engine asks ${key}, which the recording does not have`);
      throw new TypeError(`not recorded: ${key}`);
    }
    const value = this.#decode(answer, key);
    // What was asked for calls back until it is ended.
    if (typeof value !== 'function') return value;
    const at = `${key}#${n}`;
    this.#pending.set(at, { ...asked, key, resolve: () => undefined, reject: () => undefined });
    return () => void this.#pending.delete(at);
  }

  #world(): World {
    const { doors } = this.#tape.opening;
    const members = isObject(doors) ? Object.entries(doors) : [];
    const world: World = Object.assign(
      JSON.parse('{}'),
      Object.fromEntries(members.map(([name, door]) => [name, this.#decode(door, name)])),
    );
    return world;
  }

  /** What cannot be read ends the replay, also where the engine asked for it and may take it for a failure of a door. */
  #decode(value: Encoded, path: string): unknown {
    try {
      return decode(value, path, this.#how);
    } catch (error) {
      this.#broken ??= error instanceof Unplayable ? error : notWritten(path, error);
      throw this.#broken;
    }
  }

  readonly #how: DecodeWith = {
    text: (text) => withPaths(text, this.#places),
    content: (sha256) => {
      const content = this.#recorded.cassette.content(sha256);
      if (content !== null && sha256Hex(content) === sha256) return content;
      throw blobCorrupt(sha256);
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

const notWritten = (path: string, error: unknown): Unplayable =>
  new Unplayable('cassette_corrupt', `what ${methodOf(path)} gave is not what omk writes: ${String(error)}`);

const nameOf = (entry: Handed): string => ('k' in entry ? entry.k : entry.t);
