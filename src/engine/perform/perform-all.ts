import { guard } from '../../domain/goal/budget.ts';
import { fitting } from '../../domain/goal/fitting.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { Context } from '../context.ts';
import { pooled } from '../pool.ts';

/**
 * Performs what fits into the budgets together. Guarded again for each: some wait for their turn in the pool, and a budget may be spent by then. What is left out is not
 * done, and decided again. `failure` is null where there was none.
 */
export async function performAll<C extends Pick<Context, 'session' | 'elapsed'>>(
  context: C,
  intents: readonly Intent[],
  concurrency: number,
  act: (context: C, intent: Intent) => Promise<void>,
): Promise<{ readonly done: readonly Intent[]; readonly failure: unknown }> {
  const done: Intent[] = [];
  const guarded = async (intent: Intent): Promise<void> => {
    if (guard(context.session.state, [intent], context.elapsed()).kind !== 'free') return;
    await act(context, intent);
    done.push(intent);
  };
  const wave = fitting(context.session.state, intents, context.elapsed());
  const results = await pooled(wave, concurrency, guarded, (intent) => weightOf(context.session.state, intent));
  const failed = results.find((result) => result.status === 'rejected');
  return { done, failure: failed?.status === 'rejected' ? failed.reason : null };
}

/** A gate that ran out of memory has the machine to itself. */
function weightOf({ policy }: GoalState, intent: Intent): number {
  if (intent.kind !== 'run_gate') return 1;
  return intent.run.alone
    ? Number.POSITIVE_INFINITY
    : (policy?.gates.find(({ id }) => id === intent.run.gate)?.weight ?? 1);
}
