import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export interface Used {
  /** Milliseconds of processor time, of the program and of all that it waited for. */
  readonly cpu: number;
  readonly code: number | null;
  /** The most memory of the program itself, in MB, looked at each second. 0: it was shorter. */
  readonly peak: number;
}

/** Looks at the memory of a program while it runs: what it had at most is gone with it. */
const SCRIPT =
  '"$@" >"$OUTPUT" 2>"$OUTPUT.err" </dev/null & pid=$!; ' +
  'while [ "$LOOKS" = yes ] && sleep 1 && peak=$(grep VmHWM /proc/$pid/status 2>/dev/null); do echo "$peak" >"$OUTPUT.peak"; done; ' +
  'wait "$pid"; code=$?; times; exit "$code"';

/** Runs a program to its end; what it writes goes to `output`. */
export function cpuOf(
  argv: readonly string[],
  options: { readonly cwd: string; readonly env: Record<string, string>; readonly output?: string },
): Used {
  const { cwd, env, output = '/dev/null' } = options;
  const file = output === '/dev/null' ? `${cwd}/.output` : output;
  const { stdout, status, error } = spawnSync('bash', ['-c', SCRIPT, 'bench', ...argv], {
    cwd,
    env: { ...env, OUTPUT: file, LOOKS: output === '/dev/null' ? 'no' : 'yes' },
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  return { cpu: childrenMs(stdout), code: status, peak: peakIn(`${file}.peak`) };
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
export const mostMemory = (pid: number): number => megabytes(readFileSync(`/proc/${pid}/status`, 'utf8'));

const peakIn = (file: string): number => (existsSync(file) ? megabytes(readFileSync(file, 'utf8')) : 0);

const megabytes = (status: string): number => Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
