import type { Gates } from '../../world/gates/port.ts';

/** The same gates, of which no more than `width` run at once, whichever goal asks for them. First come, first served. */
export function sharedGates<G extends Pick<Gates, 'run'>>(gates: G, width: number): G {
  const waiting: (() => void)[] = [];
  let free = Math.max(1, width);
  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  // A place is handed on: nobody who comes later takes it.
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    ...gates,
    run: async (...request) => {
      await enter();
      try {
        return await gates.run(...request);
      } finally {
        leave();
      }
    },
  };
}
