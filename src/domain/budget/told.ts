import { canonical } from '../canonical.ts';
import type { UsageEntry } from './usage-entry.ts';

/**
 * Entries in the order in which they were told, each key once. A value that never changes: where nothing else was added to it
 * before, its successor shares the memory, so that adding one entry costs the same however many there are. An event is folded more than
 * once, to see whether it may be appended and when it was.
 */
export class Told implements Iterable<UsageEntry> {
  readonly size: number;
  readonly #entries: UsageEntry[];
  readonly #places: Map<string, number>;

  private constructor(entries: UsageEntry[], places: Map<string, number>, size: number) {
    this.#entries = entries;
    this.#places = places;
    this.size = size;
  }

  static none(): Told {
    return new Told([], new Map(), 0);
  }

  has(key: string): boolean {
    return (this.#places.get(key) ?? this.size) < this.size;
  }

  /** With one entry more, whose key is new. */
  with(entry: UsageEntry): Told {
    const added = this.#entries[this.size];
    if (added && (added === entry || canonical(added) === canonical(entry)))
      return new Told(this.#entries, this.#places, this.size + 1);
    const isNewest = added === undefined;
    const entries = isNewest ? this.#entries : this.#entries.slice(0, this.size);
    const places = isNewest ? this.#places : new Map(entries.map(({ key }, place) => [key, place]));
    places.set(entry.key, entries.length);
    entries.push(entry);
    return new Told(entries, places, entries.length);
  }

  /** The newest for which `wanted` holds. */
  findLast(wanted: (entry: UsageEntry) => boolean): UsageEntry | undefined {
    for (let place = this.size - 1; place >= 0; place--) {
      const entry = this.#entries[place];
      if (entry && wanted(entry)) return entry;
    }
    return undefined;
  }

  *[Symbol.iterator](): Iterator<UsageEntry> {
    for (let place = 0; place < this.size; place++) {
      const entry = this.#entries[place];
      if (entry) yield entry;
    }
  }
}
