/** Places in lists that grew from one list. `length`: of the longest. */
interface Shared<K> {
  length: number;
  readonly places: Map<K, number[]>;
}

/**
 * Where the items of a list stand, by a key. A list that went on from another shares its index, so that nothing is looked at twice:
 * a goal of many tasks has thousands of items, and as many lists.
 */
export class ListIndex<T, K> {
  readonly #keyOf: (item: T) => K;
  readonly #known = new WeakMap<readonly T[], Shared<K>>();

  constructor(keyOf: (item: T) => K) {
    this.#keyOf = keyOf;
  }

  /** The places of the items with a key, in their order. */
  places(all: readonly T[], key: K): readonly number[] {
    const found = this.#indexOf(all).places.get(key) ?? NONE;
    return (found.at(-1) ?? -1) < all.length ? found : found.filter((at) => at < all.length);
  }

  items(all: readonly T[], key: K): readonly T[] {
    return this.places(all, key).flatMap((at) => all[at] ?? []);
  }

  /** `next` is `all` with one item more, or with items in another form that have the same keys. Another list may have gone on before. */
  follow(all: readonly T[], next: readonly T[]): void {
    const index = this.#indexOf(all);
    if (next.length > all.length) {
      if (index.length !== all.length) return;
      this.#add(index, next);
    }
    this.#known.set(next, index);
  }

  #indexOf(all: readonly T[]): Shared<K> {
    const known = this.#known.get(all);
    if (known) return known;
    const index: Shared<K> = { length: 0, places: new Map() };
    this.#add(index, all);
    this.#known.set(all, index);
    return index;
  }

  #add(index: Shared<K>, all: readonly T[]): void {
    for (const item of all.slice(index.length)) {
      const key = this.#keyOf(item);
      const found = index.places.get(key);
      if (found) found.push(index.length);
      else index.places.set(key, [index.length]);
      index.length += 1;
    }
  }
}

const NONE: readonly number[] = [];
