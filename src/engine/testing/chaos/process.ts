import { isObject } from '../../../domain/record.ts';
import type { Chance } from './chance.ts';

/** What one process of omk meets: doors that take their time and fail, and its own end at any call. */
export class Process {
  readonly #chance: Chance;
  readonly #calm: number;
  /** Calls until it is killed; null: it is not. */
  #left: number | null;
  #tell: () => void = () => undefined;
  /** Settles when it is killed. */
  readonly killed: Promise<void>;

  /** `calm`: how many times more seldom a door fails and the end comes. */
  constructor(chance: Chance, calm: number) {
    this.#chance = chance;
    this.#calm = calm;
    this.#left = chance.once(3) ? 5 + chance.below(150 * calm) : null;
    this.killed = new Promise((resolve) => (this.#tell = resolve));
  }

  get isDead(): boolean {
    return this.#left === 0;
  }

  /** The doors of a world as this process has them. What is answered at once stays so. */
  doors<T extends object>(target: T, path = ''): T {
    return new Proxy(target, {
      get: (raw, name) => {
        const value: unknown = Reflect.get(raw, name, raw);
        const at = `${path}.${String(name)}`;
        if (typeof value === 'function') return (...args: readonly unknown[]) => this.#call(value, raw, args, at);
        return isObject(value) && Object.getPrototypeOf(value) === Object.prototype ? this.doors(value, at) : value;
      },
    });
  }

  #call(call: Function, target: object, args: readonly unknown[], path: string): unknown {
    if (this.#left !== null && this.#left > 0 && --this.#left === 0) this.#tell();
    if (this.isDead && !path.startsWith('.clock')) return new Promise(() => undefined);
    const result: unknown = Reflect.apply(call, target, [...args]);
    return result instanceof Promise ? this.#late(result, path) : result;
  }

  async #late(result: Promise<unknown>, path: string): Promise<unknown> {
    const value: unknown = await result;
    for (let rests = this.#chance.below(6); rests > 0; rests -= 1) await new Promise((done) => setImmediate(done));
    if (this.isDead) return new Promise(() => undefined);
    if (MAY_FAIL.test(path) && this.#chance.once(60 * this.#calm))
      throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC', syscall: 'write', path });
    return isObject(value) && !(value instanceof Uint8Array) && !Array.isArray(value) && hasCalls(value)
      ? this.doors(value, path)
      : value;
  }
}

/** Doors whose failures end a goal with a sentence. */
const MAY_FAIL = /^\.(?:git|gates|agents|files|syntax)\.|^\.store\.put/;

const hasCalls = (value: object): boolean => Object.values(value).some((member) => typeof member === 'function');
