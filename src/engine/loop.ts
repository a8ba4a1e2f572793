import { inWords } from '../domain/disk-error.ts';
import { decide } from '../domain/goal/decide.ts';
import type { Intent } from '../domain/goal/intent.ts';
import { isPlanning } from '../domain/goal/spending.ts';
import { readiness } from '../domain/goal/readiness.ts';
import type { GoalState } from '../domain/goal/state.ts';
import { checkpointNow } from './budget/checkpoint.ts';
import { ensureBudget } from './budget/guard.ts';
import type { Context } from './context.ts';
import { keepWork } from './keep-work.ts';
import { perform } from './perform/perform.ts';
import { performAll } from './perform/perform-all.ts';
import { endGoal } from './publish/end.ts';
import { whyStopped } from './stop-request.ts';

/** Decide, perform, record, until there is nothing to do or somebody says stop. Stopped work is kept and the goal pauses. */
export async function work(context: Context): Promise<GoalState> {
  const { session, signal, world } = context;
  for (;;) {
    await session.refresh();
    if (signal.aborted || session.state.status !== 'running') return settle(context);
    const intents = decide(session.state);
    if (intents.length === 0) return settle(context);
    if ((await ensureBudget(context, intents)) === 'spent') return settle(context);
    const { done, failure } = await performAll(context, intents, world.concurrency, perform);
    if (failure === null) {
      await noteBudget(context, done);
      continue;
    }
    if (signal.aborted || (await stoppedElsewhere(context))) return settle(context);
    await endAfter(context, failure);
  }
}

/** A checkpoint of the budgets after what was worth one. */
async function noteBudget({ world, session, elapsed }: Context, intents: readonly Intent[]): Promise<void> {
  const verified = intents.some((intent) => intent.kind === 'run_gate' && !isPlanning(intent.run.purpose));
  if (verified) await session.append(...checkpointNow(world, session, elapsed(), 'verify_completed'));
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
