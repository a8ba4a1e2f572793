/**
 * Hands over one thing after the other, each when all that the one before led to has come to rest. What the engine does then
 * follows from the order of these alone, so that the order is all a replay needs (docs/adr/0056).
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #isUnderWay = false;

  add(act: () => void): void {
    this.#waiting.push(act);
    this.#next();
  }

  #next(): void {
    if (this.#isUnderWay || this.#waiting.length === 0) return;
    this.#isUnderWay = true;
    setImmediate(() => {
      this.#isUnderWay = false;
      const act = this.#waiting.shift();
      this.#next();
      act?.();
    });
  }
}

/** Comes back when everything that is ready to go on has come to rest. */
export const atRest = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
