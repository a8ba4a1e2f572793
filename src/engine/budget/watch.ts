import { exhaustion } from '../../domain/budget/exhaust.ts';
import { limitsOf } from '../../domain/budget/figures.ts';
import { usedOf } from '../../domain/goal/budget.ts';
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

/** Watches the budgets while a turn runs. What another process adds counts as soon as its event is read. */
export function watchBudget({ session, elapsed, notify }: Context): BudgetWatch {
  const spent = new AbortController();
  const look = (): void => {
    const result = limitsOf(session.state.budget.stored);
    if (result.kind === 'invalid') return;
    if (exhaustion(result.limits, usedOf(session.state, elapsed())) !== null) spent.abort();
  };
  const show = (): void => notify({ kind: 'budget', state: session.state, secs: elapsed() });
  const timers = [setInterval(look, LOOK_MS), setInterval(show, SHOW_MS)];
  show();
  return { signal: spent.signal, look, stop: () => timers.forEach((timer) => clearInterval(timer)) };
}
