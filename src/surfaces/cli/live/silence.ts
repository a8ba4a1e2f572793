/** How long nothing may be heard of a goal before a person is told. */
const LONG_MS = 10 * 60_000;

/** Goals of which nothing is heard: each silence is told when it gets long, and again every time it is twice as long. */
export class Silences<Key extends object> {
  readonly #heard = new Map<Key, { readonly at: number; readonly tellFrom: number }>();

  hear(key: Key, now: number): void {
    this.#heard.set(key, { at: now, tellFrom: LONG_MS });
  }

  end(key: Key): void {
    this.#heard.delete(key);
  }

  told(now: number): readonly { readonly key: Key; readonly ms: number }[] {
    return [...this.#heard].flatMap(([key, { at, tellFrom }]) => {
      const ms = now - at;
      if (ms < tellFrom) return [];
      this.#heard.set(key, { at, tellFrom: 2 * ms });
      return [{ key, ms }];
    });
  }
}
