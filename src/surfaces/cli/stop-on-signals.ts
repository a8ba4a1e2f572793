import { StopRequest } from '../../app/use/stop-request.ts';
import type { Output } from './output/print.ts';

/** Ctrl-C once stops the agents and keeps the work, twice ends at once. `done` gives the signals back. */
export function stopOnSignals(output: Output): { readonly signal: AbortSignal; readonly done: () => void } {
  const stop = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // A terminal that is closed says so more than once.
    if (stop.signal.aborted && name === 'SIGHUP') return;
    if (stop.signal.aborted) process.exit(130);
    output.err('stopping: the agent is asked to stop and its work is kept; press Ctrl-C again to quit now');
    stop.abort(new StopRequest(name === 'SIGHUP' ? 'the terminal was closed' : 'stopped by the user'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  return {
    signal: stop.signal,
    done: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal),
  };
}
