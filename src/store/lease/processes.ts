import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one with the same pid where the platform shows when it started. */
export interface ProcessId {
  readonly pid: number;
  /** Where pids mean the same: one boot of one machine, one pid namespace. */
  readonly scope: string;
  /** Start time in the platform's unit, null where it is not known. */
  readonly started: string | null;
}

export const isProcessId = (value: unknown): value is ProcessId =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'scope' in value &&
  typeof value.scope === 'string' &&
  'started' in value &&
  (value.started === null || typeof value.started === 'string');

export type Liveness = 'alive' | 'dead' | 'unknown';

/** What the store asks about processes. */
export interface Processes {
  self(): ProcessId;
  liveness(process: ProcessId): Liveness;
}

const scope = (): string => {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return `host:${hostname()}`;
  }
};

/** Start time of a running process; null where it cannot be told or the process is a zombie. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, may itself hold spaces and brackets. After it: state, then 18 fields, then the start time in ticks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

function liveness(holder: ProcessId): Liveness {
  if (holder.scope !== scope()) return 'unknown';
  if (!exists(holder.pid)) return 'dead';
  if (holder.started === null) return 'unknown';
  return startOf(holder.pid) === holder.started ? 'alive' : 'dead';
}

/** The processes of this machine. */
export const machineProcesses: Processes = {
  self: () => ({ pid: process.pid, scope: scope(), started: startOf(process.pid) }),
  liveness,
};
