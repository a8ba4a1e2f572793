import { systemClock } from '../../../../app/time.ts';
import { fold } from '../../../../domain/transition/evolve.ts';
import { withGoal } from '../../../../app/goal-store.ts';
import { followGoal } from '../../../../app/live/follow.ts';
import { watchRun } from '../../live/watch.ts';
import type { Output } from '../../output/print.ts';
import { onLost } from '../../output/streams.ts';
import { goalFolder } from '../../../../app/paths.ts';
import { summary } from '../../text/summary.ts';
import { environment } from '../../../../app/here.ts';

/**
 * `omk goal watch`: what another process does with a goal, as it happens. Ctrl-C stops watching and nothing
 * else. Returns the exit code of the goal.
 */
export const watch = (name: string, output: Output): Promise<number> =>
  withGoal(name, async (store, { goal, createdAt }) => {
    const before = fold((await store.read(goal)).map((line) => line.event));
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    const view = await watchRun(before, output, systemClock, {
      announce: false,
      verbose: true,
      startedAt: Date.parse(createdAt),
    });
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
    // Nobody watches any more.
    const stopTelling = onLost(({ stream }) => stream === 'stdout' && onSignal());
    let isAttended = true;
    const attended = (is: boolean): void => {
      if (is === isAttended) return;
      if (output.redraws && !output.json)
        view.notice({
          kind: 'step',
          text: is ? 'starting' : `interrupted: no process works on it: omk goal resume ${goal}`,
        });
      else
        output.err(
          is
            ? 'a process works on this goal again'
            : `interrupted, no process works on this goal; watching until one does: omk goal resume ${goal}`,
        );
      isAttended = is;
    };
    const state = await followGoal({ store, clock: systemClock, attended }, goal, view.notice, stop.signal).finally(
      () => {
        view.end();
        stopTelling();
        process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
      },
    );
    if (state.status === 'running') {
      output.err(
        isAttended
          ? `stopped watching; the goal goes on: omk goal watch ${goal}`
          : `stopped watching; the goal is interrupted, no process works on it: omk goal resume ${goal}`,
      );
      return 130;
    }
    return summary(state, { goal, folder: goalFolder(environment(), goal), verbose: false }, output);
  });
