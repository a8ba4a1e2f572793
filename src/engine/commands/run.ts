import type { RunRequest } from './run-request.ts';
import { OmkError } from '../../domain/error.ts';
import type { OutputLost } from '../../domain/goal/event.ts';
import { inWords } from '../../domain/disk-error.ts';
import type { Step } from '../../domain/goal/step.ts';
import { isFinal } from '../../domain/status.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { openQuestion, type GoalState } from '../../domain/goal/state.ts';
import { checkpointNow } from '../budget/checkpoint.ts';
import { stopwatch } from '../budget/elapsed.ts';
import { trackCost, tryCostTracker } from '../budget/track-cost.ts';
import { collectQuietly } from '../collect/collect.ts';
import { created, type Context } from '../context.ts';
import { whileLeased } from '../lease.ts';
import { work } from '../loop.ts';
import { publish } from '../publish/publish.ts';
import { record } from '../recording/record.ts';
import { recover } from '../recover.ts';
import { Session } from '../session.ts';
import { tidy } from '../tidy.ts';
import { makeProof } from './make-proof.ts';
import type { World } from '../world.ts';
import { followOthers } from '../follow-others.ts';

/** What was missing may be there now: no answer is needed to look again. */
function triedAgain(state: GoalState): readonly GoalEvent[] {
  const question = openQuestion(state);
  return question?.code === 'cannot_run'
    ? [{ type: 'question.answered', data: { question: question.id, answer: { kind: 'retry' } } }]
    : [];
}

/**
 * Works on a goal until it ends or is stopped. A goal that stopped before is continued; `ready` and `cancelled`
 * are final, and get their proof if it is not there. What it takes from outside is recorded.
 */
export async function runGoal(outer: World, request: RunRequest): Promise<GoalState> {
  const { goal, signal, notify } = request;
  return whileLeased(outer, goal, signal, async (held, world) => {
    const session = await Session.open(world, goal, notify);
    const { state } = session;
    if (isFinal(state.status) && (await makeProof(world, goal))) return state;
    if (isFinal(state.status))
      throw new OmkError(
        'GOAL_TERMINAL',
        `Goal '${goal}' is ${state.status}, which is final`,
        `omk goal show ${goal}, or a new omk run`,
      );
    if (request.step) await session.append(...stepAsked(session.state, request.step));
    const recording = record(world, { ...request, signal: held }, session);
    try {
      const begun = await beginWork(recording.world, recording.request);
      try {
        return await workOn(begun, recording.request);
      } finally {
        recording.end();
        await afterwards(begun.context, begun.isTrackerSaid);
      }
    } finally {
      recording.end();
    }
  });
}

/** Written before the execution begins, which then knows from the log what is asked of it, and so does a replay. */
function stepAsked({ status }: GoalState, step: Step): readonly GoalEvent[] {
  const why = `omk goal ${step}`;
  const resumed: GoalEvent = { type: 'goal.resumed', data: { why, step } };
  return status === 'running' ? [{ type: 'goal.paused', data: { why } }, resumed] : [resumed];
}

interface Begun {
  readonly context: Context;
  readonly isTrackerSaid: boolean;
}

/** What an execution does, whatever its world: live or recorded. */
export const execute = async (world: World, request: RunRequest): Promise<GoalState> =>
  workOn(await beginWork(world, request), request);

async function beginWork(world: World, { goal, signal, notify }: RunRequest): Promise<Begun> {
  const session = await Session.open(world, goal, notify);
  const vault = await world.git.openVault(created(session.state).repository);
  const elapsed = stopwatch(world, session);
  const context: Context = {
    world,
    session,
    vault,
    notify,
    elapsed,
    signal: AbortSignal.any([signal, followOthers(world.store, session, signal)]),
  };
  await recover(context);
  if (session.state.status !== 'running')
    await session.append(
      ...triedAgain(session.state),
      { type: 'goal.resumed', data: { why: `continued from ${session.state.status}` } },
      ...checkpointNow(world, session, elapsed(), 'goal_resumed', 'running'),
    );
  await recover(context);
  return { context, isTrackerSaid: await tryCostTracker(context) };
}

async function workOn({ context }: Begun, { onLost }: RunRequest): Promise<GoalState> {
  const stopNoting = onLost?.(({ stream, code }) => noteLost(context.session, { stream, why: code }));
  try {
    return await work(context);
  } finally {
    stopNoting?.();
  }
}

/** An end is not followed by anything, and the log may be what cannot be written. */
function noteLost(session: Session, data: OutputLost): void {
  session.append({ type: 'output.lost', data }).catch(() => undefined);
}

/** The log has said how the goal stands: what cannot be cleared away or written now changes nothing about it. */
async function afterwards(context: Context, isTrackerSaid: boolean): Promise<void> {
  const done = await Promise.allSettled([
    context.world.gates.clear(),
    tidy(context),
    publish(context),
    trackCost(context, isTrackerSaid),
  ]);
  done.push(...(await Promise.allSettled([collectQuietly(context.world)])));
  for (const one of done) {
    if (one.status === 'fulfilled') continue;
    const known = inWords(one.reason);
    if (known === null) throw one.reason;
    context.notify({ kind: 'warning', text: `${known.message.replace(/\.$/, '')}: ${known.fix}` });
  }
}
