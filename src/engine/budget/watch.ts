import { limitsOf } from '../../domain/budget/figures.ts';
import { overLimit } from '../../domain/decide/budget.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { Clock } from '../../world/clock/port.ts';
import type { Context } from '../context.ts';

const LOOK_MS = 200;
const SHOW_MS = 1_000;

export interface BudgetWatch {
  /** Aborts when a budget is spent while a turn runs. */
  readonly signal: AbortSignal;
  /** Looks at once, for example when usage came in. */
  look(): void;
  stop(): void;
}

type Watched = Pick<Context, 'elapsed' | 'notify'> & {
  readonly world: { readonly clock: Pick<Clock, 'every'> };
  readonly session: { readonly state: GoalState };
};

/**
 * Watches the budgets, and the share of the task, while a turn or a wait runs. What another process adds counts
 * as soon as its event is read.
 */
export function watchBudget(watched: Watched, task: string): BudgetWatch {
  const { session, elapsed } = watched;
  const spent = new AbortController();
  const look = (): void => {
    const result = limitsOf(session.state.budget.stored);
    if (result.kind === 'invalid') return;
    if (overLimit(session.state, result.limits, elapsed(), task) !== null) spent.abort();
  };
  const rounds = ROUNDS.get(session) ?? startRounds(watched);
  rounds.looks.add(look);
  const stop = (): void => {
    rounds.looks.delete(look);
    if (rounds.looks.size === 0) rounds.end();
  };
  return { signal: spent.signal, look, stop };
}

interface Rounds {
  readonly looks: Set<() => void>;
  end(): void;
}

/** The turns of one goal share their timers: 50 agents that wait cost no more than one. */
const ROUNDS = new WeakMap<Watched['session'], Rounds>();

function startRounds({ world: { clock }, session, elapsed, notify }: Watched): Rounds {
  const looks = new Set<() => void>();
  const show = (): void => notify({ kind: 'budget', state: session.state, secs: elapsed() });
  const timers = [clock.every(LOOK_MS, () => lookAll(session.state, looks)), clock.every(SHOW_MS, show)];
  show();
  const rounds: Rounds = {
    looks,
    end: () => {
      ROUNDS.delete(session);
      for (const endTimer of timers) endTimer();
    },
  };
  ROUNDS.set(session, rounds);
  return rounds;
}

/** Without a budget there is nothing to look at. */
function lookAll({ budget: { stored } }: GoalState, looks: ReadonlySet<() => void>): void {
  if (stored.time === null && stored.tokens === null && stored.picoUsd === null) return;
  for (const look of looks) look();
}
