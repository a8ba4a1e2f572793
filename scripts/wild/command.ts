import { spawn } from 'node:child_process';

export interface Ended {
  /** Null where it was ended because it took too long. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
}

/** Runs a program in a process group of its own; the group is ended when the time is over. */
export function command(
  argv: readonly [string, ...string[]],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly limitMs: number },
): Promise<Ended> {
  const [program, ...args] = argv;
  const began = process.hrtime.bigint();
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const stop = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    stop('SIGINT');
    setTimeout(stop, 15_000, 'SIGKILL').unref();
  }, options.limitMs);
  return new Promise((resolve) => {
    const end = (code: number | null): void => {
      clearTimeout(limit);
      const seconds = Number((process.hrtime.bigint() - began) / 10_000_000n) / 100;
      resolve({
        code: late ? null : code,
        out,
        err: late ? `${err}\nended after ${options.limitMs / 1000} s` : err,
        seconds,
      });
    };
    child.on('error', (error) => {
      err += error.message;
      end(127);
    });
    child.on('close', end);
  });
}

/** Checked: throws what the program said. */
export async function must(...[argv, options]: Parameters<typeof command>): Promise<Ended> {
  const ended = await command(argv, options);
  if (ended.code !== 0)
    throw new Error(
      `${argv.join(' ')}: exit ${ended.code ?? 'late'}\n${`${ended.out}\n${ended.err}`.trim().slice(-1500)}`,
    );
  return ended;
}
