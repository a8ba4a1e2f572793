import { isObject } from '../../domain/record.ts';
import { encode, encodeError, type Encoded, type EncodeWith } from '../../replay/cassette/encode.ts';
import { isRecorded, keyOf } from '../../replay/cassette/key.ts';
import { canBeCalled, isAsyncIterable, isStep, memberOf } from '../../replay/cassette/members.ts';
import type { Place } from '../../replay/cassette/places.ts';
import { inShort } from './in-short.ts';
import type { Turns } from './turns.ts';
import type { EntryWriter } from './writer.ts';

/** One call; `isOff` when what it asked for was ended. */
interface Asked {
  readonly path: string;
  readonly key: string;
  readonly n: number;
  isOff: boolean;
}

type Call = (...args: readonly unknown[]) => unknown;

/** Stands between the engine and its doors, and writes down what comes from them. */
export class Wrapper {
  readonly #writer: EntryWriter;
  readonly #turns: Turns;
  readonly #counts = new Map<string, number>();
  readonly #names = new WeakMap<object, string>();
  readonly #raw = new WeakMap<object, object>();
  readonly #how: EncodeWith;
  readonly #places: readonly Place[];
  #isOver = false;

  constructor(writer: EntryWriter, turns: Turns, places: readonly Place[]) {
    this.#places = places;
    this.#writer = writer;
    this.#turns = turns;
    this.#how = { text: writer.text, bytes: writer.bytes, named: (value) => this.#names.get(value) ?? null };
  }

  get how(): EncodeWith {
    return this.#how;
  }

  /** From here on calls go straight to their doors. */
  end(): void {
    this.#isOver = true;
  }

  /** The same object with calls that are written down. */
  wrap<T extends object>(target: T, path: string): T {
    const members = new Map<string, unknown>();
    const proxy = new Proxy(target, {
      get: (raw, name) => {
        const value: unknown = Reflect.get(raw, name, raw);
        if (typeof name !== 'string') return value;
        const isCallable = typeof value === 'function' || (isObject(value) && canBeCalled(value));
        if (!isCallable) return value;
        if (!members.has(name)) members.set(name, this.#member(raw, value, path === '' ? name : `${path}.${name}`));
        return members.get(name);
      },
    });
    if (path !== '') this.#names.set(proxy, path);
    this.#raw.set(proxy, target);
    return proxy;
  }

  #member(raw: object, value: unknown, path: string): unknown {
    if (isCall(value))
      return (...args: readonly unknown[]) => this.#call((given) => Reflect.apply(value, raw, given), path, args);
    return isObject(value) ? this.wrap(value, path) : value;
  }

  #call(call: (args: readonly unknown[]) => unknown, path: string, args: readonly unknown[]): unknown {
    if (this.#isOver) return call(args.map((arg) => this.#unwrap(arg)));
    const key = keyOf(path, args, { named: this.#how.named, places: this.#places });
    if (path === 'store.putBlob' && args[0] instanceof Uint8Array) this.#writer.tellPlaces(args[0]);
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n + 1);
    const at: Asked = { path, key, n, isOff: false };
    const result = call(args.map((arg, index) => this.#given(arg, at, String(index))));
    return result instanceof Promise ? this.#later(result, at) : this.#atOnce(result, at);
  }

  #atOnce(result: unknown, at: Asked): unknown {
    this.#writer.write({ t: 'now', k: at.key, r: this.#writer.result(encode(result, this.#how)) });
    if (isObject(result) && isAsyncIterable(result)) return this.#each(result, at.key);
    if (!isCall(result)) return this.#handed(result, at.key);
    // It ends what was asked for: nothing of that is handed over any more.
    return () => {
      at.isOff = true;
      result();
    };
  }

  #later(result: Promise<unknown>, { path, key, n }: Asked): Promise<unknown> {
    return new Promise((resolve, reject) => {
      result.then(
        (value) =>
          this.#turns.add(() => {
            if (!this.#isOver) this.#writer.write({ t: 'done', k: key, n, r: this.#short(path, value) });
            resolve(this.#handed(value, key));
          }),
        (error: unknown) =>
          this.#turns.add(() => {
            if (!this.#isOver) this.#writer.write({ t: 'failed', k: key, n, r: encodeError(error, this.#how) });
            reject(error);
          }),
      );
    });
  }

  #short(path: string, value: unknown): Encoded {
    if (value instanceof Uint8Array) this.#writer.tellPlaces(value);
    return inShort(path, value) ?? this.#writer.result(encode(value, this.#how));
  }

  /** What can be called in a result is written down too. */
  #handed(value: unknown, key: string): unknown {
    return isObject(value) && !Array.isArray(value) && canBeCalled(value) ? this.wrap(value, key) : value;
  }

  #each(source: object, key: string): AsyncIterable<unknown> {
    const open: unknown = Reflect.get(source, Symbol.asyncIterator, source);
    const iterator: unknown = isCall(open) ? Reflect.apply(open, source, []) : null;
    const next = isObject(iterator) ? memberOf(iterator, 'next') : null;
    const stop = isObject(iterator) ? memberOf(iterator, 'return') : null;
    const end = async (): Promise<IteratorResult<unknown>> => {
      if (isCall(stop)) await Reflect.apply(stop, iterator, []);
      return { done: true, value: undefined };
    };
    const step = async (): Promise<IteratorResult<unknown>> => {
      const result: unknown = isCall(next)
        ? await this.#call(() => Reflect.apply(next, iterator, []), `${key}.next`, [])
        : null;
      return isStep(result) ? result : { done: true, value: undefined };
    };
    return { [Symbol.asyncIterator]: () => ({ next: step, return: end }) };
  }

  /** What a door is given: the objects behind ours, and functions whose calls are handed over in their turn. */
  #given(value: unknown, at: Asked, index: string): unknown {
    if (!isCall(value)) return this.#unwrap(value);
    return (...args: readonly unknown[]): unknown => {
      if (this.#isOver || !isRecorded(at.path, args)) return value(...args);
      return new Promise((resolve) => {
        this.#turns.add(() => {
          if (at.isOff) return resolve(null);
          const a = this.#writer.result(args.map((arg) => encode(arg, this.#how)));
          this.#writer.write({ t: 'back', k: at.key, n: at.n, i: index, a });
          resolve(value(...args));
        });
      });
    };
  }

  #unwrap(value: unknown, depth = 0): unknown {
    if (!isObject(value) || depth > 3) return value;
    const raw = this.#raw.get(value);
    if (raw !== undefined) return raw;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    const members = Object.entries(value).map(
      ([name, member]) => [name, this.#unwrap(member, depth + 1), member] as const,
    );
    if (members.every(([, inner, member]) => inner === member)) return value;
    return Object.fromEntries(members.map(([name, inner]) => [name, inner]));
  }
}

const isCall = (value: unknown): value is Call => typeof value === 'function';
