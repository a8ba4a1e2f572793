import { limitsOf } from '../../domain/budget/figures.ts';
import { overLimit } from '../../domain/goal/budget.ts';
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
export function watchBudget({ world: { clock }, session, elapsed, notify }: Watched, task: string): BudgetWatch {
  const spent = new AbortController();
  const look = (): void => {
    const result = limitsOf(session.state.budget.stored);
    if (result.kind === 'invalid') return;
    if (overLimit(session.state, result.limits, elapsed(), task) !== null) spent.abort();
  };
  const show = (): void => notify({ kind: 'budget', state: session.state, secs: elapsed() });
  const timers = [clock.every(LOOK_MS, look), clock.every(SHOW_MS, show)];
  show();
  return { signal: spent.signal, look, stop: () => timers.forEach((end) => end()) };
}
