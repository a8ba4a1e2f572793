import type { AgentQuestion } from '../../../domain/agents/agent.ts';
import type { ProcessEnd } from '../../process/port.ts';
import type { Timers } from '../../process/timers.ts';

/** Why a turn does not go on. */
export type Stop =
  | { readonly kind: 'aborted' }
  | { readonly kind: 'asked'; readonly question: AgentQuestion; readonly further: readonly AgentQuestion[] }
  | { readonly kind: 'turn_timeout' }
  | { readonly kind: 'idle_timeout' }
  /** It did not answer `initialize` in time. */
  | { readonly kind: 'slow'; readonly afterMs: number }
  | { readonly kind: 'exited'; readonly end: ProcessEnd }
  | { readonly kind: 'broken'; readonly why: string };

export interface Stops {
  /** Resolves with the first reason; never rejects. */
  readonly stopped: Promise<Stop>;
  stop(reason: Stop): void;
  /** The agent sent a message. */
  touch(): void;
  dispose(): void;
}

/** Watches everything that ends a turn from outside: the user, the clock, silence. Milliseconds. */
export function watchStops(options: {
  readonly signal: AbortSignal;
  readonly turnTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Whether the agent waits for a tool it called: then it is not silent. */
  readonly busy: () => boolean;
  readonly timers: Timers;
}): Stops {
  const { signal, timers } = options;
  const { promise: stopped, resolve: stop } = Promise.withResolvers<Stop>();
  const onAbort = (): void => stop({ kind: 'aborted' });
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  const cancelTurn = timers.after(options.turnTimeoutMs, () => stop({ kind: 'turn_timeout' }));
  let heard = timers.now();
  let cancelIdle = (): void => undefined;
  // One timer that looks again, instead of one for each message.
  const look = (): void => {
    if (options.busy()) heard = timers.now();
    const left = heard + options.idleTimeoutMs - timers.now();
    if (left <= 0) stop({ kind: 'idle_timeout' });
    else cancelIdle = timers.after(Math.ceil(left), look);
  };
  look();
  return {
    stopped,
    stop,
    touch: () => {
      heard = timers.now();
    },
    dispose: () => {
      signal.removeEventListener('abort', onAbort);
      cancelTurn();
      cancelIdle();
    },
  };
}
