import type { GoalId } from '../ids.ts';
/** Tokens and pico-dollars. */
export interface Amounts {
  readonly tokens: bigint;
  readonly picoUsd: bigint;
}

/** Null: no limit. */
export type QueueLimits = { readonly [each in keyof Amounts]: bigint | null };

const NONE: Amounts = { tokens: 0n, picoUsd: 0n };
const EACH = ['tokens', 'picoUsd'] as const;
const more = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** What the goals of a queue used in this run, against the limits of the whole queue. */
export class Spending {
  readonly #limits: QueueLimits;
  /** What each goal had used when it was seen last. */
  readonly #seen = new Map<string, Amounts>();
  #used = NONE;
  /** The most that was told at once. */
  #largest: Amounts;

  /** `largest`: the most one report can be, where it is known before. */
  constructor(limits: QueueLimits, largest: Amounts = NONE) {
    this.#limits = limits;
    this.#largest = largest;
  }

  /** What the goal used so far, ever. The first time it is only noted: it was used before. */
  sees(goal: GoalId, { tokens, picoUsd }: Amounts): void {
    const before = this.#seen.get(goal) ?? { tokens, picoUsd };
    this.#seen.set(goal, { tokens, picoUsd });
    const fresh = { tokens: more(0n, tokens - before.tokens), picoUsd: more(0n, picoUsd - before.picoUsd) };
    this.#used = { tokens: this.#used.tokens + fresh.tokens, picoUsd: this.#used.picoUsd + fresh.picoUsd };
    this.#largest = {
      tokens: more(this.#largest.tokens, fresh.tokens),
      picoUsd: more(this.#largest.picoUsd, fresh.picoUsd),
    };
  }

  get isSpent(): boolean {
    return EACH.some((each) => this.#leftIs(each, (left) => left <= 0n));
  }

  /** Whether the largest report that is known still fits: what is begun without room can only be stopped. */
  get hasRoom(): boolean {
    return !this.isSpent && !EACH.some((each) => this.#leftIs(each, (left) => left < this.#largest[each]));
  }

  #leftIs(each: keyof Amounts, test: (left: bigint) => boolean): boolean {
    const limit = this.#limits[each];
    return limit !== null && test(limit - this.#used[each]);
  }
}
