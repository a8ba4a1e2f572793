import { guard } from '../../domain/goal/budget.ts';
import { decide } from '../../domain/goal/decide.ts';
import { fitting } from '../../domain/goal/fitting.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import type { Context } from '../context.ts';
import { pooled } from '../pool.ts';

type Some = Pick<Context, 'session' | 'elapsed' | 'signal'>;

/**
 * Performs what fits into the budgets together. Guarded again for each: some wait for their turn in the pool,
 * and a budget may be spent by then. What is left out is not
 * done, and decided again. `failure` is null where there was none.
 */
export async function performAll<C extends Some>(
  context: C,
  intents: readonly Intent[],
  concurrency: number,
  act: (context: C, intent: Intent) => Promise<void>,
): Promise<{ readonly done: readonly Intent[]; readonly failure: unknown }> {
  const done: Intent[] = [];
  const guarded = async (context: C, intent: Intent): Promise<void> => {
    if (guard(context.session.state, [intent], context.elapsed()).kind !== 'free') return;
    await act(context, intent);
    done.push(intent);
  };
  const weight = (intent: Intent): number => weightOf(context.session.state, intent);
  const wave = fitting(context.session.state, intents, context.elapsed());
  const wanted = wave.filter((intent) => !isSpare(intent));
  const room = concurrency - wanted.reduce((sum, intent) => sum + weight(intent), 0);
  const beside = startSpares(context, fittingInto(room, wave.filter(isSpare), weight), guarded);
  const results = await pooled(wanted, concurrency, (intent) => guarded(context, intent), weight);
  const failed = [...results, ...(await beside.settle())].find((result) => result.status === 'rejected');
  return { done, failure: failed?.status === 'rejected' ? failed.reason : null };
}

const isSpare = (intent: Intent): boolean => intent.kind === 'run_gate' && intent.run.spare === true;

function fittingInto(room: number, intents: readonly Intent[], weight: (intent: Intent) => number): readonly Intent[] {
  let left = room;
  return intents.filter((intent) => (left -= weight(intent)) >= 0);
}

/** Runs that no verdict waits for yet. When the others are over, those that are wanted no more are ended: then they are not done. */
function startSpares<C extends Some>(
  context: C,
  intents: readonly Intent[],
  act: (context: C, intent: Intent) => Promise<void>,
): { settle(): Promise<readonly PromiseSettledResult<void>[]> } {
  const started = intents.map((intent) => {
    const stop = new AbortController();
    const signal = AbortSignal.any([context.signal, stop.signal]);
    const ended = act({ ...context, signal }, intent).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
    return { intent, stop, settled: Promise.allSettled([ended]) };
  });
  return {
    async settle() {
      const still = started.length === 0 ? [] : decide(context.session.state).map(({ key }) => key);
      for (const { intent, stop } of started) if (!still.includes(intent.key)) stop.abort();
      return (await Promise.all(started.map(({ settled }) => settled))).flat();
    },
  };
}

/** A gate that ran out of memory has the machine to itself. */
function weightOf({ policy }: GoalState, intent: Intent): number {
  if (intent.kind !== 'run_gate') return 1;
  return intent.run.alone
    ? Number.POSITIVE_INFINITY
    : (policy?.gates.find(({ id }) => id === intent.run.gate)?.weight ?? 1);
}
