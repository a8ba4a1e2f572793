import { backoffMs, resetTime } from '../../domain/budget/reset-time.ts';
import type { Intent } from '../../domain/goal/intent.ts';
import { everyAttempt, type GoalState } from '../../domain/goal/state.ts';
import { viewOfAttempt } from '../../domain/task/view.ts';
import { isTooLong, limitEnd, maxWaitOf, waitedMs, waitsInRow } from '../../domain/decide/usage-limit.ts';
import { failuresBefore, retryMs } from '../../domain/task/retry.ts';
import { watchBudget } from '../budget/watch.ts';
import type { Context } from '../context.ts';

/** Sleeps at most so many milliseconds, less when the signal aborts; never rejects. */
type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

type Waiting = Pick<Context, 'session' | 'signal' | 'elapsed' | 'notify'> & {
  readonly world: Pick<Context['world'], 'clock'>;
};

/**
 * Waits for the agent's usage limit or its service, as long as it says or a while that grows; a limit past the
 * maximum ends the goal at once.
 */
export async function wait(
  context: Waiting,
  { attempt, turn, why, detail }: Extract<Intent, { kind: 'wait' }>,
  sleeping: Sleep = (ms, signal) => context.world.clock.sleep(ms, signal),
): Promise<void> {
  const { world, session, signal } = context;
  const view = (): GoalState => viewOfAttempt(session.state, attempt);
  const current = everyAttempt(session.state).find((each) => each.attempt === attempt) ?? null;
  const waits = current ? waitsInRow(session.state, current) : [];
  const open = waits.find((each) => each.turn === turn && each.waitedMs === null);
  const now = world.clock.now();
  const begun = world.clock.monotonic();
  const isRetry = why === 'retry';
  const told = isRetry ? null : resetTime(detail, now, world.clock.zone?.());
  const left = maxWaitOf(session.state, why) - waitedMs(waits);
  const isLate = told !== null && told - now > left;
  const backoff = isRetry ? retryMs(failuresBefore(session.state, attempt)) : backoffMs(waits.length);
  const planned = told === null || isLate ? now + backoff : told;
  const until = open ? Date.parse(open.until) : planned;
  if (why !== 'retry' && isLate && isTooLong(view(), waits)) {
    const ended = limitEnd(view(), why, detail);
    return ended.kind === 'record' ? session.append(ended.event) : undefined;
  }
  const end = Math.min(until, now + left);
  if (!open)
    await session.append({
      type: 'wait.started',
      data: {
        attempt,
        turn,
        until: new Date(end).toISOString(),
        told: told === null || isLate ? 'backoff' : 'agent',
        detail,
        ...(why === 'usage_limit' ? {} : { why }),
      },
    });
  const budget = watchBudget(context, current?.task ?? '');
  const stop = AbortSignal.any([signal, budget.signal]);
  try {
    // In steps, because a machine that slept, and a clock that was set forward, move the end. One that was set back does not.
    const rest = (): number => Math.min(end - world.clock.now(), end - now - (world.clock.monotonic() - begun));
    while (rest() > 0 && !stop.aborted) {
      await sleeping(Math.min(rest(), STEP_MS), stop);
      budget.look();
    }
  } finally {
    budget.stop();
  }
  const waited = Math.max(1, world.clock.now() - now, world.clock.monotonic() - begun);
  if (!signal.aborted)
    await session.append({ type: 'wait.ended', data: { attempt, turn, waitedMs: Math.round(waited) } });
}

const STEP_MS = 1_000;
