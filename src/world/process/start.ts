import { spawn } from 'node:child_process';
import { OmkError } from '../../domain/error.ts';
import { signalGroup } from './group.ts';
import { marked } from './mark.ts';
import type { ProcessEnd, StartedProcess, StartRequest } from './port.ts';
import { inOwnGroup, whenSpawned } from './spawn.ts';
import { endMarked } from './strays.ts';
import { realTimers, type Timers } from './timers.ts';

const DEFAULT_GRACE_MS = 1500;
const TERM_GRACE_MS = 500;

/** Starts a program that is spoken to over its standard streams. Throws `PROGRAM_NOT_STARTED` when it cannot be started. */
export async function startProcess(request: StartRequest, timers: Timers = realTimers): Promise<StartedProcess> {
  const [program] = request.argv;
  const [file, ...args] = request.marker ? marked(request.argv, request.env, request.marker) : request.argv;
  const child = spawn(file, args, { ...inOwnGroup(request), stdio: 'pipe' });
  const { promise: exited, resolve: onExit } = Promise.withResolvers<ProcessEnd>();
  let gone = false;
  child.once('exit', (code, by) => {
    gone = true;
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
    onExit(code === null ? { kind: 'signalled', signal: by ?? 'unknown' } : { kind: 'exited', code });
  });
  // Writing to a program that has left must not end omk; `exited` tells.
  child.stdin.on('error', () => undefined);

  const spawned = await whenSpawned(child);
  if (spawned.kind === 'not_found') {
    throw new OmkError('PROGRAM_NOT_STARTED', `${spawned.detail}.`, `Install ${program} or put it on the PATH.`, {
      exit: 4,
    });
  }
  const { pid } = spawned;

  const leftWithin = async (ms: number): Promise<boolean> => {
    if (gone) return true;
    const { promise: late, resolve } = Promise.withResolvers<false>();
    const cancel = timers.after(ms, () => resolve(false));
    const left = await Promise.race([exited.then(() => true), late]);
    cancel();
    return left;
  };
  const finish = async (): Promise<ProcessEnd> => {
    child.stdin.end();
    if (!(await leftWithin(request.graceMs ?? DEFAULT_GRACE_MS))) {
      signalGroup(pid, 'SIGTERM');
      if (!(await leftWithin(TERM_GRACE_MS))) signalGroup(pid, 'SIGKILL');
    }
    const end = await exited;
    if (request.marker !== undefined) await endMarked(request.marker.name, request.marker.value, timers);
    return end;
  };
  let ending: Promise<ProcessEnd> | null = null;
  const end = (): Promise<ProcessEnd> => (ending ??= finish());
  return { pid, stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, exited, end };
}
