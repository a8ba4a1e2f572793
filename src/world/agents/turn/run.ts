import type { Clock } from '../../clock/port.ts';
import { startProcess } from '../../process/start.ts';
import type { Timers } from '../../process/timers.ts';
import { maskFor } from '../acp/mask.ts';
import { openRecording } from '../acp/record.ts';
import { NO_TOOLS, openTools, type Tools } from '../roles/tools.ts';
import { loginOf } from '../presets/login.ts';
import type { Activity, AnswerTool, TurnRequest, TurnResult } from '../port.ts';
import type { Conversation, Progress } from './converse.ts';
import { MARKER, prepareLaunch, type LaunchOptions } from './launch.ts';
import type { TurnLimits } from './limits.ts';
import { outcomeWithFailure } from './outcome.ts';
import { placesOf } from './places.ts';
import { presenter } from './present.ts';
import { keepStderr } from './stderr.ts';
import { countStray } from './stray.ts';
import { sessionFailure, sessionRecords } from '../usage/session-files.ts';
import { usageTap } from '../usage/tap.ts';
import { talk } from './talk.ts';

export interface TurnOptions extends LaunchOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: TurnLimits;
  readonly bundled: { readonly roleServer: readonly [string, ...string[]] };
}

/** More answers than this are given, but not recorded. */
const RECORDED_PERMISSIONS = 500;

/** One turn in one process tree, all of it dead when this settles. Rejects only for what is not the agent's doing. */
export async function runTurn(
  options: TurnOptions,
  request: TurnRequest,
  observe: (activity: Activity) => void,
  signal: AbortSignal,
  answer?: AnswerTool,
): Promise<TurnResult> {
  const tools = request.tools && answer ? await openTools(request.tools, answer, options.bundled.roleServer) : NO_TOOLS;
  try {
    return await runWith(options, request, observe, signal, tools);
  } finally {
    await tools.close();
  }
}

async function runWith(
  options: TurnOptions,
  request: TurnRequest,
  observe: (activity: Activity) => void,
  signal: AbortSignal,
  tools: Tools,
): Promise<TurnResult> {
  const { timers, limits } = options;
  const begun = options.clock.monotonic();
  const elapsedMs = (): number => options.clock.monotonic() - begun;
  const launch = await prepareLaunch(options, request, tools.beside);
  const progress: Progress = { started: false, session: null, prompting: false, info: null };
  const permissions: TurnResult['permissions'][number][] = [];
  const result = (
    rest: Pick<TurnResult, 'outcome' | 'sandbox' | 'claimedUsage' | 'handed' | 'stray' | 'model'>,
  ): TurnResult => ({
    ...rest,
    session: progress.session?.id ?? request.session,
    resumed: progress.session?.resumed ?? false,
    permissions,
    ...(progress.info === null ? {} : { info: progress.info }),
    durationMs: Math.round(elapsedMs()),
  });
  const places = placesOf(options, request);
  if (launch.kind === 'unavailable')
    return result({
      outcome: presenter(maskFor([], places)).outcome(launch.outcome),
      sandbox: await options.sandboxes.detect(),
      claimedUsage: {},
    });
  const { argv, cwd, env, sandbox } = launch.command;
  if (signal.aborted) return result({ outcome: { kind: 'cancelled' }, sandbox, claimedUsage: {} });

  const mask = maskFor(launch.secrets, places);
  const present = presenter(mask);
  const stray = countStray(mask);
  const recording = openRecording(request.streamFile, mask, elapsedMs, limits.streamCapBytes);
  try {
    const marker = { name: MARKER, value: request.marker };
    const child = await startProcess({ argv, cwd, env, marker, graceMs: limits.leaveGraceMs }, timers);
    const home = launch.preset?.usageHome?.({ home: options.home, env: options.env }) ?? null;
    const usage = usageTap({
      preset: launch.preset?.name ?? null,
      records:
        home === null ? null : async () => (progress.session === null ? [] : sessionRecords(home, progress.session.id)),
      tell: (reports) => {
        if (progress.session !== null) observe({ kind: 'usage', session: progress.session.id, reports });
      },
    });
    const stderr = keepStderr(child.stderr, request.stderrFile, mask);
    let talked: Conversation;
    try {
      talked = await talk(child, {
        request,
        preset: launch.preset,
        login: () => loginOf(launch.preset, options).kind,
        sandboxed: sandbox.kind !== 'none',
        progress,
        servers: tools.servers,
        recording,
        stderrTail: stderr.tail,
        stray,
        tidy: present.line,
        show: (activity) => present.activity(activity).forEach(observe),
        used: usage.message,
        permitted: (permission) => {
          if (permissions.length < RECORDED_PERMISSIONS) permissions.push(present.permission(permission));
        },
        signal,
        timers,
        limits,
      });
    } finally {
      await child.end();
      present.end().forEach(observe);
      await usage.end();
      stderr.close();
    }
    const failure = home === null || progress.session === null ? null : await sessionFailure(home, progress.session.id);
    return result({
      outcome: present.outcome(outcomeWithFailure(talked.outcome, failure)),
      sandbox,
      claimedUsage: talked.usage,
      ...(talked.model === undefined ? {} : { model: talked.model }),
      ...tools.told(mask),
      ...stray.told(),
    });
  } finally {
    recording.close();
  }
}
