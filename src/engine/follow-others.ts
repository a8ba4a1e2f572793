import type { Session } from './session.ts';
import type { Log } from '../store/port.ts';

/**
 * Keeps a session up to date with what other processes append, such as more budget. The signal aborts when one of them changes
 * the status, for example `omk goal cancel`.
 */
export function followOthers(store: Pick<Log, 'subscribe'>, session: Session, until: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const stop = store.subscribe(session.goal, () => {
    session.refresh().then(
      () => {
        if (session.state.status === 'paused' || session.state.status === 'cancelled') controller.abort();
      },
      // Whoever appends next reads it again, and gets the error where it matters.
      () => undefined,
    );
  });
  until.addEventListener('abort', stop, { once: true });
  return controller.signal;
}
