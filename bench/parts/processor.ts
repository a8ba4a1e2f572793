import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Used {
  /** Milliseconds of processor time, of the program and of all that it waited for. */
  readonly cpu: number;
  readonly code: number | null;
}

/** Runs a program to its end; what it writes goes to `output`. */
export function cpuOf(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string>; readonly output?: string },
): Used {
  const { cwd, env, output = '/dev/null' } = options;
  const script = '"$@" >"$OUTPUT" 2>"$OUTPUT.err" </dev/null; code=$?; times; exit "$code"';
  const { stdout, status, error } = spawnSync('bash', ['-c', script, 'bench', ...argv], {
    cwd,
    env: { ...env, OUTPUT: output === '/dev/null' ? `${cwd}/.output` : output },
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return { cpu: childrenMs(stdout), code: status };
}

/** `times` of a shell: its own user and system time, and below those of its children. */
function childrenMs(text: string): number {
  const children = text.trim().split('\n').at(-1) ?? '';
  return children
    .split(/\s+/)
    .map((part) => /^(\d+)m([\d.]+)s$/.exec(part))
    .reduce((sum, match) => sum + Number(match?.[1] ?? 0) * 60_000 + Number(match?.[2] ?? 0) * 1000, 0);
}

const TICK_MS = 10;

/** Milliseconds of processor time that a running program used so far, without its children. */
export function usedSoFar(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The most memory that a running program had so far, in MB. */
export const mostMemory = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
