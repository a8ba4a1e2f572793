import { runGoal } from '../../engine/commands/run.ts';
import { StopRequest } from '../../engine/stop-request.ts';
import type { GoalState } from '../../domain/goal/state.ts';
import { Session } from '../../engine/session.ts';
import type { Live } from '../../app/compose.ts';
import { watchRun } from './live/watch.ts';
import type { Output } from './output/print.ts';
import { onLost } from './output/streams.ts';
import { summary } from './text/summary.ts';

interface How {
  /** In a pipe every event, and at the end all that is known. */
  readonly verbose?: boolean;
  /** What to do when it is ready, where the usual commands would find nothing. */
  readonly next?: string;
}

/**
 * Works on a goal with live progress. Ctrl-C once stops the agent and keeps the work, twice ends at once. Output
 * that nobody takes changes nothing. Returns the exit code.
 */
export async function workOn(world: Live, goal: string, output: Output, how: How = {}): Promise<number> {
  const verbose = how.verbose === true;
  const before = (await Session.open(world, goal)).state;
  const state = await drive(world, goal, output, { before, verbose });
  return summary(
    state,
    { goal, folder: world.goalDir(goal), verbose, ...(how.next === undefined ? {} : { next: how.next }) },
    output,
  );
}

async function drive(
  world: Live,
  goal: string,
  output: Output,
  { before, verbose }: { readonly before: GoalState; readonly verbose: boolean },
): Promise<GoalState> {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // A terminal that is closed says so more than once.
    if (stop.signal.aborted && name === 'SIGHUP') return;
    if (stop.signal.aborted) process.exit(130);
    output.err('stopping: the agent is asked to stop and its work is kept; press Ctrl-C again to quit now');
    stop.abort(new StopRequest(name === 'SIGHUP' ? 'the terminal was closed' : 'stopped by the user'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
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
    return await runGoal(world, { goal, signal: stop.signal, notify: watch.notice, onLost });
  } finally {
    stopTelling();
    watch.end();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
  }
}
