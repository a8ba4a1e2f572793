import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import type { RunResult } from '../../process/port.ts';

/** What runtimes write when they end for want of memory. */
const MARKERS = [
  /FATAL ERROR: .*(?:JavaScript heap out of memory|Allocation failed)/,
  /(?:^|[\s:])java\.lang\.OutOfMemoryError\b/,
  /^fatal error: (?:runtime: )?out of memory/,
  /^memory allocation of \d+ bytes failed/,
  /\bterminate called after throwing an instance of 'std::bad_alloc'/,
] as const;

export const saysNoMemory = (line: string): boolean => MARKERS.some((marker) => marker.test(line));

/** Kills for want of memory that the kernel has counted, in omk's own control group or else on the machine; null where neither can be read. */
export async function oomKills(): Promise<number | null> {
  const own = (await text('/proc/self/cgroup'))?.match(/^0::(.*)$/m)?.[1];
  const group = own === undefined ? null : await text(join('/sys/fs/cgroup', own, 'memory.events'));
  const counted = (group ?? (await text('/proc/vmstat')))?.match(/^oom_kill (\d+)$/m)?.[1];
  return counted === undefined ? null : Number(counted);
}

const text = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);

/** Why a run ended for want of memory, as a sentence; null when nothing shows that it did. */
export function whyNoMemory(
  result: RunResult,
  seen: { readonly marker: string | null; readonly before: number | null; readonly after: number | null; readonly report: TestReport },
): string | null {
  const { marker, before, after, report } = seen;
  const code = result.kind === 'exited' ? result.code : null;
  if (result.kind !== 'signalled' && (code === null || code === 0)) return null;
  // Shells and sandboxes report a signal as 128 and its number.
  const killed = (result.kind === 'signalled' && result.signal === 'SIGKILL') || code === 137;
  if (killed && before !== null && after !== null && after > before) return 'the kernel ended it for want of memory';
  if (marker === null) return null;
  const hard = result.kind === 'signalled' || killed || code === 134;
  // A test that failed and was reported has failed, whatever was printed.
  const reported = report.kind === 'tests' && report.tests.failed.length > 0;
  return hard || !reported ? `it ran out of memory: ${marker}` : null;
}
