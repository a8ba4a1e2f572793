import { spawn } from 'node:child_process';
import { OmkError } from '../../domain/error.ts';
import { CappedFile } from './capped-file.ts';
import { signalGroup } from './group.ts';
import { splitLines } from './lines.ts';
import { marked } from './mark.ts';
import type { RunRequest, RunResult } from './port.ts';
import { endMarked } from './strays.ts';
import { inOwnGroup, whenSpawned } from './spawn.ts';
import { realTimers, type Timers } from './timers.ts';

/** Between asking a group to leave and making it. */
const TERM_GRACE_MS = 500;
/** Something that left the group may hold the pipes open for ever; the rest of the output is in the pipe already. */
const DRAIN_MS = 1000;

type Ended =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'signalled'; readonly signal: string };
type Stopped = { readonly kind: 'timed_out'; readonly afterMs: number } | { readonly kind: 'aborted' };

/**
 * Runs a program to its end. When the promise settles its process group is dead and both output files are complete.
 * Never rejects for what the program does; throws `OUTPUT_NOT_WRITTEN` when the disk did not take the output.
 */
export async function runProcess(request: RunRequest, timers: Timers = realTimers): Promise<RunResult> {
  const from = timers.now();
  const stdout = openOutput(request.stdoutFile, request.capBytes);
  const stderr = openOutput(request.stderrFile, request.capBytes);
  const end = await perform(request, timers, stdout, stderr);
  const stdoutTruncated = closeOutput(stdout, request.stdoutFile);
  const stderrTruncated = closeOutput(stderr, request.stderrFile);
  return { ...end, durationMs: Math.round(timers.now() - from), stdoutTruncated, stderrTruncated };
}

async function perform(
  request: RunRequest,
  timers: Timers,
  stdout: CappedFile,
  stderr: CappedFile,
): Promise<Ended | Stopped | { readonly kind: 'not_found'; readonly detail: string }> {
  const { signal } = request;
  const aborted = (): boolean => signal?.aborted ?? false;
  if (aborted()) return { kind: 'aborted' };
  const [program, ...args] = request.marker ? marked(request.argv, request.env, request.marker) : request.argv;
  const child = spawn(program, args, { ...inOwnGroup(request), stdio: ['ignore', 'pipe', 'pipe'] });
  const { promise: exited, resolve: onExit } = Promise.withResolvers<Ended>();
  child.once('exit', (code, by) =>
    onExit(code === null ? { kind: 'signalled', signal: by ?? 'unknown' } : { kind: 'exited', code }),
  );
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const endLines = [
    readInto(child.stdout, stdout, (line) => request.onLine?.(line, 'stdout')),
    readInto(child.stderr, stderr, (line) => request.onLine?.(line, 'stderr')),
  ];

  const spawned = await whenSpawned(child);
  if (spawned.kind === 'not_found') return spawned;

  let stopped: Stopped | null = null;
  let cancelKill = (): void => undefined;
  const stop = (why: Stopped): void => {
    if (stopped !== null) return;
    stopped = why;
    signalGroup(spawned.pid, 'SIGTERM');
    cancelKill = timers.after(TERM_GRACE_MS, () => signalGroup(spawned.pid, 'SIGKILL'));
  };
  const cancelTimeout = timers.after(request.timeoutMs, () => stop({ kind: 'timed_out', afterMs: request.timeoutMs }));
  const onAbort = (): void => stop({ kind: 'aborted' });
  signal?.addEventListener('abort', onAbort, { once: true });
  // It may have been aborted while the program was being started.
  if (aborted()) onAbort();

  const ended = await exited;
  cancelTimeout();
  cancelKill();
  signal?.removeEventListener('abort', onAbort);
  signalGroup(spawned.pid, 'SIGKILL');
  if (request.marker) await endMarked(request.marker.name, request.marker.value, timers);

  const drained = Promise.withResolvers<void>();
  const cancelDrain = timers.after(DRAIN_MS, drained.resolve);
  await Promise.race([closed, drained.promise]);
  cancelDrain();
  child.stdout.destroy();
  child.stderr.destroy();
  for (const endLine of endLines) endLine();
  return stopped ?? ended;
}

function readInto(stream: NodeJS.ReadableStream, file: CappedFile, onLine: (line: string) => void): () => void {
  const lines = splitLines(onLine);
  stream.on('data', (chunk: Buffer) => {
    file.write(chunk);
    lines.write(chunk);
  });
  stream.on('error', () => undefined);
  return lines.end;
}

function openOutput(path: string, cap: number): CappedFile {
  try {
    return new CappedFile(path, cap);
  } catch (error) {
    throw notWritten(path, error);
  }
}

function closeOutput(file: CappedFile, path: string): boolean {
  try {
    return file.close().truncated;
  } catch (error) {
    throw notWritten(path, error);
  }
}

const notWritten = (path: string, cause: unknown): OmkError =>
  new OmkError(
    'OUTPUT_NOT_WRITTEN',
    `Output could not be written to ${path}: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Free space on that disk (or make it writable) and run the same command again.',
    { exit: 6, cause },
  );
