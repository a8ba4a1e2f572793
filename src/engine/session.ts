import { OmkError } from '../domain/error.ts';
import { admits } from '../domain/transition/admit.ts';
import { evolve, fold } from '../domain/transition/evolve.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import { EMPTY_STATE, type GoalState } from '../domain/goal/state.ts';
import { planRefusal } from '../domain/plan/plan.ts';
import type { GoalId, Timestamp } from '../domain/ids.ts';
import type { LogLine } from '../store/port.ts';
import { withCheckpoints } from '../replay/state-hash.ts';
import type { Notify, World } from './world.ts';

type Doors = Pick<World, 'store' | 'clock'>;

function refused(goal: GoalId, event: GoalEvent, refusal: string): OmkError {
  const unplanned = event.type === 'plan.made' ? planRefusal(event.data.plan) : null;
  if (unplanned !== null)
    return new OmkError('PLAN_REFUSED', `Goal '${goal}' cannot start: ${unplanned}`, 'a new omk run with another plan');
  return new OmkError('GOAL_REFUSES', `Goal '${goal}' refuses ${event.type}: ${refusal}`, `omk goal show ${goal}`);
}

/** One goal as this process sees it. The only way to its log: every append goes through the transition table. */
export class Session {
  readonly goal: GoalId;
  readonly #doors: Doors;
  readonly #notify: Notify;
  #state: GoalState = EMPTY_STATE;
  readonly #lines: LogLine[] = [];
  #queue: Promise<unknown> = Promise.resolve();

  private constructor(doors: Doors, goal: GoalId, notify: Notify) {
    this.#doors = doors;
    this.goal = goal;
    this.#notify = notify;
  }

  static async open(doors: Doors, goal: GoalId, notify: Notify = () => undefined): Promise<Session> {
    const session = new Session(doors, goal, notify);
    await session.refresh();
    return session;
  }

  get state(): GoalState {
    return this.#state;
  }

  get lines(): readonly LogLine[] {
    return [...this.#lines];
  }

  /** Reads what other processes appended. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#refresh());
  }

  async #refresh(): Promise<void> {
    const fresh = await this.#doors.store.read(this.goal, this.#lines.length);
    for (const line of fresh) this.#lines.push(line);
    this.#state = fold(
      fresh.map((line) => line.event),
      this.#state,
    );
  }

  /** Appends if the state admits it. `OmkError` `GOAL_REFUSES` when it does not; nothing is written then. */
  append(...events: readonly GoalEvent[]): Promise<void> {
    return this.#inTurn(() => this.#append(() => events));
  }

  /**
   * Appends what `make` says of the state as it is, and asks it again when another process was first. Returns its value;
   * what it throws is passed on, with nothing written.
   */
  async appendFrom<T>(make: () => { readonly events: readonly GoalEvent[]; readonly value: T }): Promise<T> {
    const made: T[] = [];
    await this.#inTurn(() =>
      this.#append(() => {
        const { events, value } = make();
        made[0] = value;
        return events;
      }),
    );
    const [value] = made;
    if (value === undefined) throw new TypeError('nothing was made to append');
    return value;
  }

  /**
   * Appends what `make` says of the state as it is, if `prove`, shown the log as it will be then, to the byte, has no objection.
   * Returns the objection, with nothing written; null when it was appended.
   */
  async appendProven(
    make: () => readonly GoalEvent[],
    prove: (lines: readonly LogLine[]) => Promise<string | null>,
  ): Promise<string | null> {
    for (;;) {
      await this.refresh();
      const seen = this.lines;
      const events = withCheckpoints(this.#state, make());
      const at: Timestamp = new Date(this.#doors.clock.now()).toISOString();
      const next = await this.#doors.store.foresee(this.goal, seen.length, events, at);
      if (next === null) continue;
      const objection = await prove([...seen, ...next]);
      if (objection !== null) return objection;
      const done: boolean[] = [];
      await this.#inTurn(async () => {
        done[0] = this.#lines.length === seen.length && (await this.#appendOnce(events, at));
      });
      if (done[0] === true) return null;
    }
  }

  /** One reader or writer at a time, so that a line is folded once. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #append(make: () => readonly GoalEvent[]): Promise<void> {
    for (;;) {
      if (await this.#appendOnce(make())) return;
    }
  }

  /** False, with nothing written and the log read again, when another process was first. */
  async #appendOnce(asked: readonly GoalEvent[], at?: Timestamp): Promise<boolean> {
    const events = withCheckpoints(this.#state, asked);
    let next = this.#state;
    for (const event of events) {
      const refusal = admits(next, event);
      if (refusal !== null) throw refused(this.goal, event, refusal);
      next = evolve(next, event);
    }
    const version = this.#lines.length;
    const result = await this.#doors.store.append(this.goal, version, events, this.#summary(next), at);
    await this.#refresh();
    if (result.kind === 'conflict') return false;
    for (const event of result.events) this.#notify({ kind: 'event', event, state: this.#state });
    return true;
  }

  #summary(state: GoalState) {
    const now: Timestamp = new Date(this.#doors.clock.now()).toISOString();
    return {
      goal: this.goal,
      repository: state.created?.repository.id ?? '',
      title: state.created?.title ?? '',
      status: state.status,
      createdAt: this.#lines[0]?.event.ts ?? now,
      updatedAt: now,
    };
  }
}
