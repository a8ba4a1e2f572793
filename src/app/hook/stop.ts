import { openEarly } from '../compose.ts';
import { withChange, type JudgeResult } from '../judge/judge.ts';
import type { JudgeRequest } from '../judge/request.ts';
import { stateDir } from '../paths.ts';
import type { HookFormat } from '../../domain/hooks/answer.ts';
import { decideStop, type HookSession, type StopDecision, type StopVerdict } from '../../domain/hooks/decide.ts';
import type { HookInput } from '../../domain/hooks/input.ts';
import { whyStopped } from '../../engine/stop-request.ts';
import { openHookSessions } from '../../world/files/hook-sessions.ts';
import { unableOf } from './unable.ts';
import { currentFolder } from '../here.ts';
import type { CommitId } from '../../domain/ids.ts';

export interface StopRequested {
  readonly format: HookFormat;
  readonly input: HookInput;
  readonly request: JudgeRequest;
  /** How often in a row the agent is sent back. */
  readonly most: number;
  readonly env: NodeJS.ProcessEnv;
  readonly now: number;
  readonly signal: AbortSignal;
  /** A judgement in words. `stopped`: why it was, where it did not end. */
  readonly describe: (result: JudgeResult, stopped: string) => StopVerdict;
}

/** A session begins: the commit that its changes are compared with is noted. Says nothing, whatever fails. */
export async function startSession({ format, input, request, env, now }: StopRequested): Promise<void> {
  const sessions = openHookSessions(stateDir(env));
  const found = await inspect(env, request.repository ?? currentFolder()).catch(() => null);
  if (found === null) return;
  await sessions.forget(now);
  const name = nameOf(format, input, found.root);
  const before = await sessions.read(name);
  // A session that is gone on with keeps its base.
  if (before.base === null) await sessions.keep(name, { ...before, root: found.root, base: found.commit });
}

/** An agent wants to stop. */
export async function decideAtStop(asked: StopRequested): Promise<StopDecision> {
  const { format, input, env, most } = asked;
  const sessions = openHookSessions(stateDir(env));
  const name = nameOf(format, input, asked.request.repository ?? currentFolder());
  const before = await sessions.read(name);
  const { verdict, found } = await judged(asked, before);
  const { decision, session } = decideStop({ ...before, ...found }, { verdict, isFirst: input.isFirst, most });
  await sessions.keep(name, session);
  return decision;
}

interface Judged {
  readonly verdict: StopVerdict;
  /** What is known of the session now. */
  readonly found: Partial<HookSession>;
}

async function judged({ request, signal, describe }: StopRequested, before: HookSession): Promise<Judged> {
  let found: Partial<HookSession> = {};
  try {
    const verdict = await withChange(
      {
        ...request,
        signal,
        ...(before.root === null ? {} : { repository: before.root }),
        ...(before.base === null || request.base !== undefined ? {} : { since: before.base }),
      },
      async ({ tree, base }, judgeIt): Promise<StopVerdict> => {
        found = { base: before.base ?? base.commit };
        if (tree === base.tree || tree === before.ready) return { kind: 'unchanged' };
        return describe(await judgeIt(), whyStopped(signal));
      },
    );
    return { verdict, found };
  } catch (error) {
    return { verdict: unableOf(error), found };
  }
}

const nameOf = (format: HookFormat, { session }: HookInput, root: string): string =>
  JSON.stringify(session === null ? [format, null, root] : [format, session]);

async function inspect(env: NodeJS.ProcessEnv, folder: string): Promise<{ root: string; commit: CommitId }> {
  const early = await openEarly(env);
  try {
    const { pin } = await early.git.inspect(folder);
    return { root: pin.root, commit: pin.commit };
  } finally {
    await early.store.close();
  }
}
