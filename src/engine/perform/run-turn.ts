import { dirname } from 'node:path';
import { OmkError } from '../../domain/error.ts';
import { agentAnswers } from '../../domain/decide/agent-question.ts';
import type { TurnReason } from '../../domain/goal/intent.ts';
import { everyAttempt } from '../../domain/goal/state.ts';
import { viewOfAttempt } from '../../domain/task/view.ts';
import { promptsFor } from '../../domain/prompt/roles.ts';
import { checkpointNow } from '../budget/checkpoint.ts';
import { UsageRecorder } from '../budget/record.ts';
import { keepHanded } from '../roles/handed.ts';
import { readGuides } from './guides.ts';
import { answering, aroundOf, askedBy, specsFor } from '../roles/tools.ts';
import { watchBudget } from '../budget/watch.ts';
import { agentAt, created, hiddenFromAgents, layerFor, markerOf, suppliesFor, type Context } from '../context.ts';

/** One prompt until the agent stops. Whatever it says, only the tree it leaves is looked at. */
export async function runTurn(context: Context, number: number, turn: number, reason: TurnReason): Promise<void> {
  const { world, session, vault, notify, signal } = context;
  const { options, repository } = created(session.state);
  const agent = agentAt(session.state, number);
  const attempt = everyAttempt(session.state).find((each) => each.attempt === number);
  if (!attempt || !(await world.files.exists(attempt.worktree)))
    throw new OmkError(
      'WORKTREE_MISSING',
      `The worktree of goal '${session.goal}' is gone`,
      `omk goal resume ${session.goal}`,
      { exit: 6 },
    );
  const view = viewOfAttempt(session.state, number);
  const guides = await readGuides(vault, repository.tree);
  const { prompt, freshPrompt, name } = promptsFor(view, attempt.role, reason, guides);
  const previous = attempt.turns.findLast((each) => each.session !== null)?.session ?? null;
  const scratch = await world.files.scratchDir(dirname(attempt.worktree));
  const layer = await layerFor(context, attempt.base?.tree ?? repository.tree);
  const given =
    layer.kind === 'layer'
      ? await world.layers.forAgent(layer.layer, attempt.worktree)
      : { env: {}, pathPrefix: [], binds: [] };
  const { secrets } = await suppliesFor(context);
  const blob = await world.store.putBlob(Buffer.from(prompt));
  await session.append({ type: 'turn.started', data: { attempt: attempt.attempt, turn, prompt: blob, text: name } });
  const streamFile = `${dirname(attempt.worktree)}/turn-${turn}.ndjson`;
  const stderrFile = `${dirname(attempt.worktree)}/turn-${turn}.stderr`;
  let opened: Promise<void> = Promise.resolve();
  // What cannot be recorded is not paid for any longer.
  const unrecorded = new AbortController();
  const budget = watchBudget(context, attempt.task);
  const usage = new UsageRecorder(world, session, { attempt: attempt.attempt, turn }, budget.look, (error) =>
    unrecorded.abort(error),
  );
  const tools = specsFor(session.state, attempt.role);
  const result = await world.agents
    .runTurn(
      {
        ...(tools.length > 0 ? { tools } : {}),
        agent,
        session: previous,
        prompt,
        freshPrompt,
        worktree: attempt.worktree,
        scratch,
        hidden: hiddenFromAgents(context),
        secrets,
        env: given.env,
        pathPrefix: given.pathPrefix,
        layer: given.binds,
        answers: agentAnswers(session.state),
        turnTimeoutMs: options.turnTimeoutMs,
        idleTimeoutMs: options.idleTimeoutMs,
        marker: markerOf(session.goal, attempt.attempt),
        streamFile,
        stderrFile,
      },
      (activity) => {
        if (activity.kind === 'session')
          opened = session
            .append({ type: 'session.opened', data: { attempt: attempt.attempt, turn, session: activity.id } })
            .catch((error: unknown) => {
              if (!isRefusal(error)) unrecorded.abort(error);
            });
        if (activity.kind === 'usage') usage.add(activity.session, activity.reports);
        notify({ kind: 'activity', attempt: attempt.attempt, turn, activity });
      },
      AbortSignal.any([signal, budget.signal, unrecorded.signal]),
      ...(tools.length > 0 ? [answering(session.state, attempt)] : []),
    )
    .finally(budget.stop)
    .catch(async (error: unknown) => {
      // What was told belongs before the end that this leads to.
      await Promise.all([opened, usage.atRest()]);
      throw error;
    });
  await opened;
  if (unrecorded.signal.aborted) throw unrecorded.signal.reason;
  await usage.settle(result.outcome.kind === 'unavailable' ? null : result.session);
  notify({ kind: 'budget', state: session.state, secs: context.elapsed() });
  await session.append({
    type: 'turn.ended',
    data: {
      attempt: attempt.attempt,
      turn,
      outcome: askedBy(result.outcome, result.handed),
      session: result.session,
      stream: await keep(context, streamFile),
      stderr: await keep(context, stderrFile),
      sandbox: result.sandbox,
      claimedUsage: result.claimedUsage,
      permissions: result.permissions,
      durationMs: result.durationMs,
      ...(await keepHanded(world.store, { role: attempt.role, around: aroundOf(session.state) }, result.handed)),
      ...(result.model === undefined ? {} : { model: result.model }),
      ...(result.stray === undefined ? {} : { stray: result.stray }),
    },
  });
  await session.append(...checkpointNow(world, session, context.elapsed(), 'execute_completed'));
}

/** A goal that was paused or cancelled meanwhile takes no session, but the turn still ends and is kept. */
const isRefusal = (error: unknown): boolean => error instanceof OmkError && error.code === 'GOAL_REFUSES';

const STREAM_CAP = 64 * 1024 * 1024;

const keep = async ({ world }: Context, file: string) =>
  (await world.files.exists(file)) ? world.store.putFile(file, STREAM_CAP) : null;
