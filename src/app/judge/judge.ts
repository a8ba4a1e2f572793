import { readConfigAt } from '../config-at.ts';
import { openEarly, openWorld, type Live } from '../compose.ts';
import { readHeldOut } from '../held-out.ts';
import type { GoalOptions } from '../../domain/goal/event.ts';
import type { GoalId } from '../../domain/ids.ts';
import { createGoal } from '../../engine/commands/create.ts';
import { runGoal } from '../../engine/commands/run.ts';
import type { Notify } from '../../engine/world.ts';
import { Session } from '../../engine/session.ts';
import type { FoundChange, InspectedRepository } from '../../world/git/port.ts';
import { asked, expectationOf, requireQuestions } from './asked.ts';
import { changeOfPullRequest } from './pull-request.ts';
import { openForge } from '../../world/forge/open.ts';
import { requireChange } from './no-change.ts';
import { requireOptions } from './options.ts';
import type { JudgeRequest } from './request.ts';
import { resultOf, type JudgeResult } from './result.ts';
import { currentFolder, environment } from '../here.ts';

export type { JudgeNotice, JudgeRequest } from './request.ts';
export type { JudgedGate, JudgeResult } from './result.ts';

/**
 * Judges a change as omk judges the work of an agent: gates of the base, tests of the base, canaries, proof. No agent, no model, no
 * key; nothing is written to the checkout. Rejects with an `OmkError` where the change could not be judged at all.
 */
export const judge = (request: JudgeRequest = {}): Promise<JudgeResult> =>
  withChange(request, (_found, judgeIt) => judgeIt());

/** Finds a change, and judges it where `work` asks for that. */
export async function withChange<T>(
  request: JudgeRequest,
  work: (found: FoundChange, judgeIt: () => Promise<JudgeResult>) => Promise<T>,
): Promise<T> {
  requireOptions(request);
  const change = asked(request);
  expectationOf(request.expect ?? 'no-regression');
  requireQuestions(request.accept ?? []);
  const env = { ...(request.env ?? environment()) };
  const early = await openEarly(env);
  try {
    // Asked while git is busy; whoever needs the answer gets it, or the error.
    early.sandboxes.detect().catch(() => undefined);
    const needs = change.kind === 'working_tree' || change.kind === 'staged' ? 'files' : 'commits';
    const repository = await early.git.inspect(request.repository ?? currentFolder(), needs);
    const found =
      change.kind === 'pull_request'
        ? await changeOfPullRequest({ git: early.git, forge: openForge({ env }) }, repository, change.text)
        : await early.git.change(repository, change);
    return await work(found, async () => {
      requireChange(found, request);
      const vault = await early.git.openVault(repository.pin);
      const world = await openWorld(env, await readConfigAt(vault, found.base.tree), early);
      return run(world, await create(world, repository, found, request), found, request);
    });
  } finally {
    await early.store.close();
  }
}

async function create(
  world: Live,
  { pin, ...repository }: InspectedRepository,
  found: FoundChange,
  request: JudgeRequest,
): Promise<GoalId> {
  const heldOut = await readHeldOut(request, { repository: pin.root, stateDir: world.files.stateDir });
  const { commit, tree } = found.base;
  return createGoal(
    world,
    {
      repository: { ...repository, pin: { ...pin, commit, tree } },
      prompt: request.goal ?? `Judge ${found.name}`,
      given: {
        candidate: found.tree,
        commit: found.commit,
        from: sourceOf(found, request),
        name: found.name,
        expect: request.expect ?? 'no-regression',
        accepts: request.accept ?? [],
      },
      options: optionsOf(request),
      ...(heldOut ? { heldOut } : {}),
    },
    told(request),
  );
}

/** The part of what is going on that does not change with omk's own parts. */
const told =
  ({ notify }: JudgeRequest): Notify =>
  (notice) => {
    if (notice.kind === 'event') notify?.({ kind: notice.kind, event: notice.event });
    else if (notice.kind === 'gate_started' || notice.kind === 'step' || notice.kind === 'warning') notify?.(notice);
  };

const sourceOf = ({ commit }: FoundChange, { change }: JudgeRequest): 'commit' | 'tree' | 'staged' | 'working_tree' => {
  if (commit !== null) return 'commit';
  if (change === undefined || typeof change === 'string') return 'working_tree';
  return 'staged' in change ? 'staged' : 'tree';
};

const optionsOf = ({ checks, knownRed, cache, baseline }: JudgeRequest): GoalOptions => ({
  checks: checks ?? [],
  knownRed: knownRed ?? [],
  allowNoChange: false,
  // Of agents, which do not work here.
  maxAttempts: 1,
  maxTurns: 1,
  turnTimeoutMs: 1,
  idleTimeoutMs: 1,
  ...(cache === false ? { noCache: true } : {}),
  ...(baseline === 'once' ? { baseline } : {}),
});

async function run(world: Live, goal: GoalId, found: FoundChange, request: JudgeRequest): Promise<JudgeResult> {
  const startedAt = world.clock.now();
  const state = await runGoal(world, {
    goal,
    signal: request.signal ?? new AbortController().signal,
    notify: told(request),
    ...(request.onLost ? { onLost: request.onLost } : {}),
  });
  const { lines } = await Session.open(world, goal);
  return resultOf(state, lines, {
    goal,
    base: found.base,
    leftOut: found.leftOut,
    folder: world.goalDir(goal),
    ms: world.clock.now() - startedAt,
  });
}
