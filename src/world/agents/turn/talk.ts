import { isRecord } from '../../../domain/record.ts';
import type { McpServerStdio } from '@agentclientprotocol/sdk';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { StartedProcess } from '../../process/port.ts';
import type { Timers } from '../../process/timers.ts';
import { type Incoming } from '../acp/message.ts';
import type { Recording } from '../acp/record.ts';
import { answerRequests } from '../acp/requests.ts';
import { EMPTY_VIEW, fold, isBusy } from '../acp/view.ts';
import { openWire } from '../acp/wire.ts';
import type { Activity, StartedAgent, TurnRequest, TurnResult } from '../port.ts';
import type { Preset } from '../presets/preset.ts';
import { converse, type Conversation, type Progress } from './converse.ts';
import type { TurnLimits } from './limits.ts';
import type { StrayOutput } from './stray.ts';
import { outcomeOfStop } from './outcome.ts';
import { watchStops } from './stops.ts';
import { within } from './within.ts';

export interface TalkContext {
  readonly request: TurnRequest;
  readonly preset: Preset | null;
  /** Whether omk finds a login of the agent. */
  readonly login: () => StartedAgent['login']['kind'];
  readonly sandboxed: boolean;
  readonly progress: Progress;
  readonly servers: readonly McpServerStdio[];
  readonly recording: Recording;
  readonly stderrTail: () => string;
  readonly stray: StrayOutput;
  readonly tidy: (text: string) => string;
  readonly show: (activity: Activity) => void;
  /** Every message from the prompt on, for what it says about usage. */
  readonly used: (message: Incoming) => 'counted' | 'too_many';
  readonly permitted: (permission: TurnResult['permissions'][number]) => void;
  readonly signal: AbortSignal;
  readonly timers: Timers;
  readonly limits: TurnLimits;
}

/** Speaks with a started agent until its turn has ended or was stopped. Does not end the process. */
export async function talk(child: StartedProcess, context: TalkContext): Promise<Conversation> {
  const { request, progress, preset, timers, limits } = context;
  const { client, RequestError } = await import('@agentclientprotocol/sdk');
  let view = EMPTY_VIEW;
  let stopping = false;
  const stops = watchStops({
    signal: context.signal,
    turnTimeoutMs: request.turnTimeoutMs,
    idleTimeoutMs: request.idleTimeoutMs,
    busy: () => isBusy(view),
    timers,
  });
  const onMessage = (message: Incoming): void => {
    stops.touch();
    if (progress.prompting && context.used(message) === 'too_many')
      stops.stop({ kind: 'broken', why: 'the agent told what it used more often than any turn does' });
    if (!progress.prompting || message.kind !== 'notification' || message.method !== 'session/update') return;
    const step = fold(view, isRecord(message.params) ? message.params['update'] : null);
    view = step.view;
    for (const activity of step.shown) context.show(activity);
  };
  const wire = openWire({
    stdin: child.stdin,
    stdout: child.stdout,
    recording: context.recording,
    onMessage,
    onStray: context.stray.add,
  });
  const app = answerRequests(client({ name: 'omk' }), {
    worktree: request.worktree,
    scratch: request.scratch,
    sandboxed: context.sandboxed,
    readsThroughClient: preset?.readsThroughClient ?? true,
    view: () => view,
    stopping: () => stopping,
    answered: (permission) => {
      context.permitted(permission);
      context.show({ kind: 'permission', ...permission });
    },
    answers: request.answers ?? [],
    asked: (question, further) => stops.stop({ kind: 'asked', question, further }),
    tidy: context.tidy,
    wrote: () => {
      view = { ...view, produced: true };
    },
    errors: RequestError,
  });
  const connection = app.connect(wire.stream);
  const pumped = wire.pump().then(
    () => 'the agent closed its output',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  let over = false;
  void pumped.then(async (why) => {
    // Its exit says more, if that is why.
    await within(timers, limits.drainMs, child.exited);
    if (!over) stops.stop({ kind: 'broken', why });
  });
  void child.exited.then(async (end) => {
    over = true;
    await within(timers, limits.drainMs, pumped);
    await nextTick();
    stops.stop({ kind: 'exited', end });
  });
  const cancelStart = timers.after(limits.initializeMs, () => {
    if (!progress.started) stops.stop({ kind: 'slow', afterMs: limits.initializeMs });
  });
  try {
    const talking = converse(connection, request, {
      preset,
      progress,
      login: context.login,
      view: () => view,
      servers: context.servers,
      onSession: (session) => context.show({ kind: 'session', id: session.id, resumed: session.resumed }),
    });
    const first = await Promise.race([talking, stops.stopped]);
    if (!('kind' in first)) return first;
    stopping = true;
    if (progress.prompting && progress.session !== null && first.kind !== 'exited' && first.kind !== 'broken') {
      void connection.agent.notify('session/cancel', { sessionId: progress.session.id }).catch(() => undefined);
      await within(timers, limits.cancelGraceMs, Promise.race([talking, child.exited]));
    }
    const outcome = outcomeOfStop(first, {
      started: progress.started,
      stderrTail: [context.stray.first(), context.stderrTail()].filter((part) => part !== '').join(' | '),
      preset,
      turnTimeoutMs: request.turnTimeoutMs,
      idleTimeoutMs: request.idleTimeoutMs,
    });
    return { outcome, usage: view.usage };
  } finally {
    over = true;
    cancelStart();
    stops.dispose();
    connection.close();
  }
}
