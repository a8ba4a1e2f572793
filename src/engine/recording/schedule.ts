import type { Encoded } from '../../replay/cassette/encode.ts';
import { methodOf } from '../../replay/cassette/key.ts';
import type { Entry, Tape } from '../../replay/cassette/tape.ts';

export type Handed = Exclude<Entry, { readonly t: 'open' | 'now' | 'end' | 'cut' | 'place' }>;

export type Outcome = Extract<Entry, { readonly t: 'done' | 'failed' }>;

interface Item {
  readonly entry: Handed;
  isDone: boolean;
}

/** What is to be handed over, in the order in which it was. */
export class Schedule {
  readonly #items: readonly Item[];
  readonly #now = new Map<string, { readonly answers: readonly Encoded[]; used: number }>();
  readonly #outcomes: ReadonlyMap<string, Outcome>;
  readonly #atOnce: ReadonlySet<string>;
  readonly isWhole: boolean;
  readonly cut: string | null;
  #at = 0;

  constructor({ entries }: Tape) {
    this.#items = entries.flatMap((entry) => (isHanded(entry) ? [{ entry, isDone: false }] : []));
    const outcomes = this.#items.map(({ entry }) => entry).filter(isOutcome);
    this.#outcomes = new Map(outcomes.map((entry) => [`${entry.k}#${entry.n}`, entry]));
    const answers = Map.groupBy(
      entries.filter((entry) => entry.t === 'now'),
      ({ k }) => k,
    );
    for (const [key, found] of answers) this.#now.set(key, { answers: found.map(({ r }) => r), used: 0 });
    this.#atOnce = new Set([...answers.keys()].map(methodOf));
    this.isWhole = entries.at(-1)?.t === 'end';
    const cut = entries.find((entry) => entry.t === 'cut');
    this.cut = cut?.why ?? null;
  }

  /** Whether a door answers such a call at once. */
  isAtOnce(key: string): boolean {
    return this.#atOnce.has(methodOf(key));
  }

  /** The next answer to a call that is answered at once; the last one again where it was asked less often. Undefined: never asked. */
  now(key: string): Encoded | undefined {
    const found = this.#now.get(key);
    if (!found) return undefined;
    found.used += 1;
    return found.answers[found.used - 1] ?? found.answers.at(-1);
  }

  /** The first of what is left that is waited for. What is past the next append is not looked at: only then is it known to be due. */
  next(isAsked: (entry: Handed) => boolean): Handed | null {
    for (let at = this.#at; at < this.#items.length; at += 1) {
      const item = this.#items[at];
      if (!item || item.isDone) continue;
      if (isAsked(item.entry)) {
        item.isDone = true;
        while (this.#items[this.#at]?.isDone) this.#at += 1;
        return item.entry;
      }
      if (isAppend(item.entry)) return null;
    }
    return null;
  }

  /** What was not handed over. */
  left(): readonly Handed[] {
    return this.#items.slice(this.#at).flatMap(({ entry, isDone }) => (isDone ? [] : [entry]));
  }

  /** How the nth call of a key ended. */
  outcomeOf(key: string, n: number): Outcome | null {
    return this.#outcomes.get(`${key}#${n}`) ?? null;
  }
}

const isHanded = (entry: Entry): entry is Handed => !['open', 'now', 'end', 'cut', 'place'].includes(entry.t);

const isOutcome = (entry: Handed): entry is Outcome => entry.t === 'done' || entry.t === 'failed';

export const isAppend = (entry: Handed): boolean =>
  isOutcome(entry) && entry.k === 'store.append' && entry.r === 'appended';
