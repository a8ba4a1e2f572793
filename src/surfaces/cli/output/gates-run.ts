import type { Watch } from '../../../app/replay-run.ts';
import type { Output } from './print.ts';

/** Says on standard error which gate runs, and ends it at a signal: runs take as long as the gates do. */
export async function whileGatesRun<T>(output: Output, work: (watch: Watch) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  const notify: Watch['notify'] = ({ gate, purpose, round }) => {
    if (!output.json) output.err(`running gate ${gate}: ${purpose} ${round} …`);
  };
  try {
    return await work({ notify, signal: stop.signal });
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
