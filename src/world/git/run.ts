import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { spokenInWords } from '../../domain/disk-error.ts';
import { OmkError } from '../../domain/error.ts';
import { environment, safePath } from './environment.ts';

/** Where and how a git command runs. Without `gitDir`, git looks for the repository from `cwd`. */
export interface GitCall {
  readonly gitDir?: string;
  readonly workTree?: string;
  readonly indexFile?: string;
  readonly cwd?: string;
  readonly whose?: 'omk' | 'user';
  readonly durable?: boolean;
  /** The configuration of the machine and of the user counts too. Only to ask for settings. */
  readonly readsUser?: boolean;
  /** git speaks to a remote with the user's logins. Only for what the user asked to deliver. */
  readonly network?: boolean;
  readonly config?: readonly (readonly [string, string])[];
  /** Object directories and dates; never anything from outside. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly timeoutMs?: number;
  /** More output than this ends the command. */
  readonly maxBytes?: number;
}

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

interface Started {
  readonly stdout: Readable;
  readonly done: Promise<GitOutput>;
  kill(): void;
}

export const TIMEOUT_MS = 300_000;
export const MAX_BYTES = 768 * 1024 * 1024;
const STDERR_BYTES = 64 * 1024;
const KILLED = 137;

function program(path: string): string {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, 'git');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  throw new OmkError('GIT_NOT_FOUND', 'git was not found.', 'Install git 2.38 or newer and have it on your PATH.');
}

let found: { readonly path: string; readonly file: string } | undefined;

function locate(): { readonly path: string; readonly file: string } {
  const path = safePath(process.env['PATH']);
  if (found?.path !== path) found = { path, file: program(path) };
  return found;
}

/** Starts git. Its own process group, so that a terminal's Ctrl-C does not cut a write in half. */
export function spawnGit(args: readonly string[], call: GitCall): ChildProcessWithoutNullStreams {
  const { path, file } = locate();
  const env: Record<string, string> = {
    ...environment(path, {
      whose: call.whose ?? 'omk',
      durable: call.durable ?? false,
      config: call.config ?? [],
      readsUser: call.readsUser ?? false,
      network: call.network ?? false,
    }),
    ...call.env,
  };
  if (call.gitDir !== undefined) env['GIT_DIR'] = call.gitDir;
  if (call.workTree !== undefined) env['GIT_WORK_TREE'] = call.workTree;
  if (call.indexFile !== undefined) env['GIT_INDEX_FILE'] = call.indexFile;
  return spawn(file, args, {
    cwd: call.cwd ?? call.workTree ?? call.gitDir ?? '/',
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
}

/** The git that is found now: another PATH is another program. */
export const gitProgram = (): string => locate().file;

function start(args: readonly string[], call: GitCall, collect: boolean): Started {
  const child = spawnGit(args, call);
  let overrun: string | null = null;
  const kill = (): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  };
  const stop = (why: string): void => {
    overrun ??= why;
    kill();
  };
  const timeoutMs = call.timeoutMs ?? TIMEOUT_MS;
  const timer = setTimeout(() => stop(`took longer than ${timeoutMs} ms`), timeoutMs);

  const chunks: Buffer[] = [];
  let bytes = 0;
  if (collect) {
    const maxBytes = call.maxBytes ?? MAX_BYTES;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) stop(`wrote more than ${maxBytes} bytes`);
      else chunks.push(chunk);
    });
  }
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < STDERR_BYTES) stderr += text;
  });

  // A git that ends before it has read all says so after the pipeline is over, too.
  child.stdin.on('error', () => undefined);
  const fed = feed(child.stdin, call.input);
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : KILLED)));
  });
  const done = (async (): Promise<GitOutput> => {
    // A source that fails must not leave the other side waiting, nor look like a success.
    const source = fed.catch((error: unknown) => {
      kill();
      return { error };
    });
    try {
      const code = await exited;
      const failed = await source;
      if (overrun !== null) {
        throw stopped(args, overrun);
      }
      if (failed !== undefined) throw failed.error;
      return { code, stdout: Buffer.concat(chunks), stderr };
    } finally {
      clearTimeout(timer);
    }
  })();
  return { stdout: child.stdout, done, kill };
}

async function feed(stdin: NodeJS.WritableStream, input: GitCall['input']): Promise<undefined> {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const source = bytes instanceof Uint8Array ? [bytes] : (bytes ?? []);
  let sourceFailed: { readonly error: unknown } | null = null;
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* source;
    } catch (error) {
      sourceFailed = { error };
      throw error;
    }
  }
  // A git that stops reading is thrown into the generator that is read, and is no failure of the source.
  async function* guarded(): AsyncGenerator<Uint8Array> {
    for await (const chunk of watched()) yield chunk;
  }
  try {
    await pipeline(Readable.from(guarded(), { objectMode: false }), stdin);
  } catch (error) {
    // git may stop reading early; its exit code then tells.
    if (sourceFailed !== null) throw error;
  }
  return undefined;
}

/** omk ended it: it took too long, or wrote too much. */
export const stopped = (args: readonly string[], why: string): OmkError =>
  new OmkError(
    'GIT_STOPPED',
    `git ${args[0] ?? ''} was stopped: it ${why}.`,
    'Look at the disk and the size of the repository, then run the command again.',
    { exit: 6 },
  );

export function failure(args: readonly string[], output: GitOutput): OmkError {
  const disk = spokenInWords(`git ${args[0] ?? ''}`, output.stderr);
  if (disk !== null) return disk;
  const said = output.stderr.trim().split('\n').slice(-3).join(' ').slice(0, 600);
  return new OmkError(
    'GIT_FAILED',
    `git ${args[0] ?? ''} failed (exit ${output.code})${said === '' ? '' : `: ${said}`}`,
    'Run `git fsck` in the repository; if it is sound, report this with the command.',
    { exit: 6 },
  );
}

/** Runs git to its end, whatever its exit code. `OmkError` `GIT_NOT_FOUND`, `GIT_STOPPED`, and `DISK_*` where it failed for the disk. */
export async function tryGit(args: readonly string[], call: GitCall): Promise<GitOutput> {
  const output = await start(args, call, true).done;
  const disk = output.code === 0 ? null : spokenInWords(`git ${args[0] ?? ''}`, output.stderr);
  if (disk !== null) throw disk;
  return output;
}

/** Standard output of a git command that must succeed; else `OmkError` `GIT_FAILED`. */
export async function git(args: readonly string[], call: GitCall): Promise<Buffer> {
  const output = await tryGit(args, call);
  if (output.code !== 0) throw failure(args, output);
  return output.stdout;
}

/** The same as text, without the last newline. */
export async function gitText(args: readonly string[], call: GitCall): Promise<string> {
  return (await git(args, call)).toString('utf8').replace(/\n$/, '');
}

/** One git command's output into another's input; both must succeed. Returns the second one's output. */
export async function pipeGit(
  from: { readonly args: readonly string[]; readonly call: GitCall },
  to: { readonly args: readonly string[]; readonly call: GitCall },
): Promise<Buffer> {
  const source = start(from.args, from.call, false);
  const sink = start(to.args, { ...to.call, input: source.stdout }, true);
  // A reader that fails first would leave the writer with nowhere to write.
  const sinkDone = sink.done.finally(() => source.stdout.destroy());
  const [first, second] = await Promise.allSettled([source.done, sinkDone]);
  if (first.status === 'rejected') throw first.reason;
  const { code, stderr } = first.value;
  const killed = (code === KILLED && stderr === '') || /broken pipe/i.test(stderr);
  // Of two that failed the first one says why: the second only that its input was cut off.
  if (code !== 0 && !killed) throw failure(from.args, first.value);
  if (second.status === 'rejected') throw second.reason;
  if (second.value.code !== 0) throw failure(to.args, second.value);
  if (killed) throw failure(from.args, first.value);
  return second.value.stdout;
}
