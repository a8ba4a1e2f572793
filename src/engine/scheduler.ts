import { guard } from '../domain/decide/budget.ts';
import { decide } from '../domain/decide/decide.ts';
import { fitting } from '../domain/decide/fitting.ts';
import type { Intent } from '../domain/goal/intent.ts';
import type { GoalState } from '../domain/goal/state.ts';
import type { Context } from './context.ts';

type Some = Pick<Context, 'session' | 'elapsed' | 'signal'>;

interface Running {
  readonly intent: Intent;
  readonly weight: number;
  readonly stop: AbortController;
}

/** What an intent takes: a place among gates, one among what omk itself computes, or none because it waits for others. */
type Place = 'gate' | 'own' | 'none';

/**
 * Performs intents side by side, and takes on more whenever one ends. Gates share the places of the machine by weight, in the order
 * in which they were wanted, so that a heavy one is not put off for ever, but for those that accepted work waits for: they go first.
 * Agents take no place of a gate.
 */
export class Scheduler<C extends Some> {
  readonly #context: C;
  readonly #room: number;
  readonly #act: (context: C, intent: Intent) => Promise<void>;
  readonly #running = new Map<string, Running>();
  #order: readonly string[] = [];
  /** Null: it failed. */
  readonly #ended: (Intent | null)[] = [];
  #failure: unknown = null;
  #wake: () => void = () => undefined;

  constructor(context: C, concurrency: number, act: (context: C, intent: Intent) => Promise<void>) {
    this.#context = context;
    this.#room = Math.max(1, concurrency);
    this.#act = act;
  }

  get inFlight(): readonly Intent[] {
    return [...this.#running.values()].map(({ intent }) => intent);
  }

  /** The first failure; null where there was none. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Begins what has a place and fits into the budgets; the rest is decided again. A run in a spare place makes room for others. */
  begin(wanted: readonly Intent[]): void {
    this.#endSpares();
    const { session, elapsed } = this.#context;
    const fits = fitting(session.state, wanted, elapsed(), this.inFlight);
    const order = [...new Set([...this.#order, ...fits.map(({ key }) => key)])];
    const queue = fits.toSorted(
      (one, other) =>
        Number(isLanding(other)) - Number(isLanding(one)) || order.indexOf(one.key) - order.indexOf(other.key),
    );
    const full = new Set<Place>();
    const waiting = queue.filter((intent) => {
      if (isSpare(intent) || (!full.has(placeOf(intent)) && this.#take(intent))) return false;
      full.add(placeOf(intent));
      return true;
    });
    this.#order = waiting.map(({ key }) => key);
    const gates = waiting.filter((intent) => placeOf(intent) === 'gate');
    if (gates.length > 0) for (const { intent, stop } of this.#running.values()) if (isSpare(intent)) stop.abort();
    if (gates.length === 0) for (const intent of queue) if (isSpare(intent)) this.#take(intent);
  }

  /** Waits until something ends; what was recorded. Null when nothing is in flight. */
  async next(): Promise<readonly Intent[] | null> {
    if (this.#ended.length === 0 && this.#running.size === 0) return null;
    if (this.#ended.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.#ended.splice(0).filter((done) => done !== null);
  }

  /** Ends turns and waits, whose work is kept; runs of gates go on to their end. */
  stopAgents(): void {
    for (const { intent, stop } of this.#running.values())
      if (intent.kind === 'run_turn' || intent.kind === 'wait') stop.abort();
  }

  /** Whether the intent was begun, or is not to be. */
  #take(intent: Intent): boolean {
    const { session, elapsed } = this.#context;
    // The end of a goal comes after all that is in flight.
    if (isEnd(intent) && this.#running.size > 0) return true;
    if (guard(session.state, [intent], elapsed()).kind !== 'free') return true;
    const weight = Math.min(this.#room, weightOf(session.state, intent));
    if (this.#used(placeOf(intent)) + weight > this.#room) return false;
    this.#start(intent, weight);
    return true;
  }

  #used(place: Place): number {
    if (place === 'none') return 0;
    return [...this.#running.values()]
      .filter(({ intent }) => placeOf(intent) === place)
      .reduce((sum, { weight }) => sum + weight, 0);
  }

  #start(intent: Intent, weight: number): void {
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#context.signal, stop.signal]);
    this.#running.set(intent.key, { intent, weight, stop });
    const over = (done: Intent | null): void => {
      this.#running.delete(intent.key);
      this.#ended.push(done);
      this.#wake();
    };
    this.#act({ ...this.#context, signal }, intent).then(
      () => over(intent),
      (error: unknown) => {
        if (!(isSpare(intent) && stop.signal.aborted)) this.#failure ??= error;
        over(null);
      },
    );
  }

  /** Runs that no verdict waits for any more. */
  #endSpares(): void {
    const spares = [...this.#running.values()].filter(({ intent }) => isSpare(intent));
    if (spares.length === 0) return;
    const still = new Set(decide(this.#context.session.state).map(({ key }) => key));
    for (const { intent, stop } of spares) if (!still.has(intent.key)) stop.abort();
  }
}

const isSpare = (intent: Intent): boolean => intent.kind === 'run_gate' && intent.run.spare === true;

const isLanding = (intent: Intent): boolean => intent.kind === 'run_gate' && intent.landing === true;

const isEnd = (intent: Intent): boolean => intent.kind === 'record' && intent.event.type === 'goal.ended';

function placeOf({ kind }: Intent): Place {
  switch (kind) {
    case 'run_gate':
      return 'gate';
    case 'run_turn':
    case 'wait':
    case 'record':
      return 'none';
    default:
      return 'own';
  }
}

/** A gate that ran out of memory has the machine to itself. */
function weightOf({ policy }: GoalState, intent: Intent): number {
  if (placeOf(intent) === 'none') return 0;
  if (intent.kind !== 'run_gate') return 1;
  if (intent.run.alone) return Number.POSITIVE_INFINITY;
  return Math.max(1, policy?.gates.find(({ id }) => id === intent.run.gate)?.weight ?? 1);
}
