import { isObject } from '../../domain/record.ts';
import type { GoalEvent, LoggedEvent } from '../../domain/goal/event.ts';
import type { Place } from '../../replay/cassette/places.ts';
import type { LogLine } from '../../store/port.ts';
import { mayBeOfOthers } from './of-others.ts';
import { withPlacesOf, type Divergence } from './recorded.ts';
import { isSame, remade, rulesOf } from './same-event.ts';
import { isAppend, type Outcome } from './schedule.ts';

/** A log that is made again: what is appended must be what it has next. */
export class ReplayedLog {
  readonly #events: LoggedEvent[];
  #position = 0;
  readonly #made = new Set<number>();
  #looked = 0;
  #rules: string | null = null;
  #places: readonly Place[] = [];

  constructor(events: readonly LoggedEvent[]) {
    this.#events = [...events];
  }

  /** Events that are there again. */
  get position(): number {
    return this.#position;
  }

  /** Events that the engine made again. */
  get made(): number {
    return this.#made.size;
  }

  /** The rule set of this omk, where something was judged. */
  get rules(): string | null {
    return this.#rules;
  }

  /** Goes on with another execution: what it did not make was given to it. */
  begin(from: number, places: unknown, words: readonly Place[]): void {
    this.#places = words;
    this.#position = Math.max(this.#position, from);
    const [first] = this.#events;
    if (first) this.#events[0] = withPlacesOf(first, places);
  }

  /** Null where it is what the log has. One that is not in the recording was the last act of a process that was killed. */
  append(args: readonly unknown[], outcome: Outcome | null): Divergence | null {
    const [, version, events, , at] = args;
    if (outcome !== null && !isAppend(outcome)) return null;
    const asked = eventsOf(events);
    const from = Number(version);
    const differs = this.#differs(asked, from, at);
    if (differs === -1) {
      for (const [index, event] of asked.entries()) this.#learn(event, from + index);
      this.#position = from + asked.length;
      return null;
    }
    if (outcome === null) return null;
    this.#position = from + differs;
    return this.divergence(asked[differs] ?? null, 'another event');
  }

  /** The first event before `to` that only an execution writes, and that none made. Each is looked at once. */
  unmade(to: number): LoggedEvent | null {
    for (; this.#looked < to; this.#looked += 1)
      if (!this.#made.has(this.#looked) && !mayBeOfOthers(this.#events, this.#looked))
        return this.#events[this.#looked] ?? null;
    return null;
  }

  divergence(here: GoalEvent | null, why: string): Divergence {
    return { seq: this.#position, recorded: this.#events[this.#position] ?? null, here, why };
  }

  appended([, from, events]: readonly unknown[], kind: unknown) {
    if (kind !== 'appended') return { kind: 'conflict', version: this.#position };
    const first = Number(from);
    return { kind, events: this.#events.slice(first, first + eventsOf(events).length) };
  }

  read([, from]: readonly unknown[], count: number): readonly LogLine[] {
    const first = Number(from ?? 0);
    this.#position = Math.max(this.#position, first + count);
    return this.#lines(first, first + count);
  }

  /** Others than the recorded ones are told when they are appended. */
  foreseen([, from, events, at]: readonly unknown[]): readonly LogLine[] {
    const asked = eventsOf(events);
    const first = Number(from);
    return this.#differs(asked, first, at) === -1 ? this.#lines(first, first + asked.length) : [];
  }

  #differs(events: readonly GoalEvent[], from: number, at: unknown): number {
    return events.findIndex((event, index) => {
      const recorded = this.#events[from + index];
      return (
        recorded === undefined || (at !== undefined && at !== recorded.ts) || !isSame(event, recorded, this.#places)
      );
    });
  }

  #learn(event: GoalEvent, seq: number): void {
    this.#made.add(seq);
    const recorded = this.#events[seq];
    if (!recorded) return;
    this.#events[seq] = remade(event, recorded);
    this.#rules ??= rulesOf(event);
  }

  #lines(from: number, to: number): readonly LogLine[] {
    return this.#events.slice(from, to).map((event) => ({ event, line: '' }));
  }
}

const isEvent = (value: unknown): value is GoalEvent => isObject(value) && 'type' in value && 'data' in value;

const eventsOf = (value: unknown): readonly GoalEvent[] => (Array.isArray(value) ? value.filter(isEvent) : []);
