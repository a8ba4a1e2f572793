import type { ChildProcess } from 'node:child_process';

/** A group of its own, so that everything the program starts can be killed with it. */
export const inOwnGroup = (request: {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}): { cwd: string; env: Record<string, string>; detached: true } => ({
  cwd: request.cwd,
  env: { ...request.env },
  detached: true,
});

/** Waits until a spawned child runs. `not_found` when the program could not be started at all. */
export async function whenSpawned(
  child: ChildProcess,
): Promise<
  { readonly kind: 'running'; readonly pid: number } | { readonly kind: 'not_found'; readonly detail: string }
> {
  const failure = await new Promise<Error | null>((resolve) => {
    child.once('spawn', () => resolve(null));
    child.once('error', resolve);
  });
  // Later errors (a kill that failed) are seen by whoever waits for the exit.
  child.on('error', () => undefined);
  if (failure === null && child.pid !== undefined) return { kind: 'running', pid: child.pid };
  return { kind: 'not_found', detail: `${child.spawnfile} could not be started: ${failure?.message ?? 'no process'}` };
}
