import type { Notify } from '../../app/notice.ts';
import { deliverAfterRun, runGoal, type DeliveredRun } from '../../app/use/run.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { stateOf } from '../../app/goal-state.ts';
import type { Step } from '../../domain/goal/step.ts';
import type { Live } from '../../app/compose.ts';
import { asksHere, settled } from './ask/settle.ts';
import { watchRun } from './live/watch.ts';
import type { Output } from './output/print.ts';
import { onLost } from './output/streams.ts';
import { openedLines } from './commands/goal/open-pr.ts';
import { mergingExit, mergingLines } from './commands/goal/merge.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { summary } from './text/summary.ts';
import type { GoalId } from '../../domain/ids.ts';

interface How {
  /** In a pipe every event, and at the end all that is known. */
  readonly verbose?: boolean;
  /** What to do when it is ready, where the usual commands would find nothing. */
  readonly next?: string;
  /** It is done when a plan waits for approval. */
  readonly planOnly?: true;
  /** Only this part of the work, after which the goal is paused. */
  readonly step?: Step;
}

/**
 * Works on a goal with live progress. Ctrl-C once stops the agent and keeps the work, twice ends at once. Output
 * that nobody takes changes nothing. Returns the exit code.
 */
export async function workOn(world: Live, goal: GoalId, output: Output, how: How = {}): Promise<number> {
  const verbose = how.verbose === true;
  const before = await stateOf(world, goal);
  const state = await drive(world, goal, output, { before, verbose, step: how.step ?? null });
  const delivering = await deliver(world, goal, output, state);
  const exit = summary(
    state,
    { goal, folder: world.goalDir(goal), verbose, ...(how.next === undefined ? {} : { next: how.next }) },
    output,
  );
  if (delivering.kind === 'failed') throw delivering.error;
  const isPlanned = how.planOnly === true && state.ended?.failure?.code === 'PLAN_NOT_APPROVED';
  if (isPlanned) return 0;
  if (asksHere(output) && (await settled(world, goal, state))) return workOn(world, goal, output, how);
  return delivering.exit ?? exit;
}

type Delivering =
  | { readonly kind: 'done'; readonly exit: number | null }
  | { readonly kind: 'failed'; readonly error: unknown };

/**
 * What the run was asked to do with a ready result. A failure is told after how the goal stands; checks that have not ended
 * are none.
 */
async function deliver(world: Live, goal: GoalId, output: Output, state: GoalState): Promise<Delivering> {
  if (state.created?.options.delivery?.policy === undefined) return { kind: 'done', exit: null };
  const notify: Notify = (notice) => {
    if (notice.kind === 'event' && output.json) output.out(JSON.stringify(notice.event));
  };
  try {
    const done = await deliverAfterRun(world, goal, state, new AbortController().signal, notify);
    const exit = done?.merging?.kind === 'merged' ? mergingExit(done.merging) : null;
    if (done === null || output.json) return { kind: 'done', exit };
    for (const line of openedLines(done.opened)) output.out(line);
    for (const line of done.merging ? mergingLines(done.merging) : notMergedLines(state, done)) output.out(line);
    return { kind: 'done', exit };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** A merge that was asked for and cannot be tried. */
const notMergedLines = ({ created }: GoalState, { opened }: DeliveredRun): readonly string[] =>
  created?.options.delivery?.merge === 'gated' && opened.kind === 'pushed'
    ? ['not merged: omk opened no pull request, so --merge-policy gated has nothing to merge']
    : [];

async function drive(
  world: Live,
  goal: GoalId,
  output: Output,
  { before, verbose, step }: { readonly before: GoalState; readonly verbose: boolean; readonly step: Step | null },
): Promise<GoalState> {
  const { signal, done } = stopOnSignals(output);
  const watch = await watchRun(before, output, world.clock, {
    announce: true,
    verbose,
    startedAt: world.clock.now(),
  });
  const stopTelling = onLost(({ stream, code }) => {
    if (stream === 'stdout')
      output.err(
        `note: nothing can be written to standard output any more (${code}); the goal goes on: omk goal watch ${goal}`,
      );
  });
  try {
    return await runGoal(world, { goal, signal, notify: watch.notice, onLost, ...(step === null ? {} : { step }) });
  } finally {
    stopTelling();
    watch.end();
    done();
  }
}
