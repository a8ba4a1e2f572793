import { inWords } from '../domain/disk-error.ts';
import { decide } from '../domain/decide/decide.ts';
import type { Intent } from '../domain/goal/intent.ts';
import { isPlanning, spendingAction } from '../domain/goal/spending.ts';
import { readiness } from '../domain/judge/readiness.ts';
import type { GoalState } from '../domain/goal/state.ts';
import { checkpointNow } from './budget/checkpoint.ts';
import { ensureBudget } from './budget/guard.ts';
import type { Context } from './context.ts';
import { keepWork } from './keep-work.ts';
import { perform } from './perform/perform.ts';
import { Scheduler } from './scheduler.ts';
import { endGoal } from './publish/end.ts';
import { whyStopped } from './stop-request.ts';

/**
 * Decide, perform, record, until there is nothing to do or somebody says stop; decided again whenever something ends. Stopped work is
 * kept and the goal pauses.
 */
export async function work(context: Context): Promise<GoalState> {
  const { session, world } = context;
  for (;;) {
    const scheduler = new Scheduler(context, world.concurrency, perform);
    const failure = await workUntilFailure(context, scheduler);
    if (failure === null || context.signal.aborted || (await stoppedElsewhere(context))) return settle(context);
    await endAfter(context, failure);
    if (session.state.status !== 'running') return settle(context);
  }
}

/** The failure of a door, once nothing is in flight any more; null where nothing is left to do. */
async function workUntilFailure(context: Context, scheduler: Scheduler<Context>): Promise<unknown> {
  const { session, signal } = context;
  for (;;) {
    await session.refresh();
    const isOver = signal.aborted || session.state.status !== 'running';
    if (scheduler.failure !== null) scheduler.stopAgents();
    if (!isOver && scheduler.failure === null) {
      const intents = decide(session.state, scheduler.inFlight);
      const isIdle = scheduler.inFlight.length === 0;
      if (isIdle && (intents.length === 0 || (await isSpent(context, intents)))) return null;
      scheduler.begin(intents);
    }
    const done = await scheduler.next();
    if (done === null) return scheduler.failure;
    if (scheduler.failure === null) await noteBudget(context, done, scheduler.inFlight);
  }
}

/** Whether nothing goes on for want of budget. What spends nothing is done first: other tasks may go on after it. */
const isSpent = async (context: Context, intents: readonly Intent[]): Promise<boolean> =>
  intents.every((intent) => spendingAction(intent) !== null) && (await ensureBudget(context, intents)) === 'spent';

/** A checkpoint of the budgets after what was worth one. */
async function noteBudget(
  { world, session, elapsed }: Context,
  done: readonly Intent[],
  inFlight: readonly Intent[],
): Promise<void> {
  const isVerifying = (intent: Intent): boolean => intent.kind === 'run_gate' && !isPlanning(intent.run.purpose);
  if (done.some(isVerifying) && !inFlight.some(isVerifying))
    await session.append(...checkpointNow(world, session, elapsed(), 'verify_completed'));
}

async function stoppedElsewhere({ session }: Context): Promise<boolean> {
  await session.refresh();
  return session.state.status !== 'running';
}

/** A door that failed with a known sentence ends the goal in a status that says so; anything else is a bug and is thrown. */
async function endAfter(context: Context, failure: unknown): Promise<void> {
  const known = inWords(failure);
  if (known === null || known.code === 'GOAL_REFUSES') throw failure;
  await endGoal(context, {
    status: known.exit === 4 ? 'blocked_on_external' : 'failed_infra',
    gaps: readiness(context.session.state),
    failure: { code: known.code, text: known.message, fix: known.fix },
  });
}

/** Keeps the work of a stopped turn; a stop by the user becomes `paused`. */
async function settle(context: Context): Promise<GoalState> {
  const { session, signal } = context;
  await keepWork(context);
  if (signal.aborted && session.state.status === 'running')
    await session.append(
      { type: 'goal.paused', data: { why: whyStopped(signal) } },
      ...checkpointNow(context.world, session, context.elapsed(), 'goal_paused', 'paused'),
    );
  return session.state;
}
