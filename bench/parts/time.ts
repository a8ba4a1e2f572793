import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');
export const OMK = [process.execPath, join(ROOT, 'bin', 'omk.js')] as const;

/** Without the repository's own Node: gates do not see it either. */
export const PATH = (process.env['PATH'] ?? '')
  .split(':')
  .filter((part) => !part.includes('node_modules'))
  .join(':');

export interface Ended {
  readonly ms: number;
  readonly code: number | null;
  readonly output: string;
}

/** The environment of everything measured. `NODE_EXTRA_CA_CERTS` alone costs Node 15 ms. */
export function environment(state: string): Record<string, string> {
  return { PATH, HOME: join(state, 'home'), OMK_STATE_DIR: join(state, 'state'), LC_ALL: 'C.UTF-8' };
}

/** Runs a program to its end and says how long that took, from outside. */
export function time(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): Ended {
  const [program = '', ...args] = argv;
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const took = performance.now() - start;
  if (error !== undefined) throw error;
  return { ms: took, code: status, output: `${stdout.toString()}${stderr.toString()}` };
}

/** Like `time`, for what must work: a figure for something that failed would be no figure. */
export function timeGood(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string> },
): Ended {
  const ended = time(argv, options);
  if (ended.code !== 0) throw new Error(`${argv.join(' ')} ended with ${ended.code}:\n${ended.output}`);
  return ended;
}
