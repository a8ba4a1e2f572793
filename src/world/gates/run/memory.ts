import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestReport } from '../../../domain/gates/evidence.ts';
import { cleanLine } from '../../../domain/text/clean.ts';
import type { RunResult } from '../../process/port.ts';

/** What runtimes and compilers write when they end for want of memory, and at no other time. */
const MARKERS = [
  /FATAL ERROR: .{0,200}(?:JavaScript heap out of memory|Allocation failed)/,
  /(?:^|[\s:])java\.lang\.OutOfMemoryError\b/,
  /^fatal error: (?:runtime: )?out of memory/,
  /^memory allocation of \d+ bytes failed/,
  /\bterminate called after throwing an instance of 'std::bad_alloc'/,
  /^# There is insufficient memory for the Java Runtime Environment/,
  /^Could not reserve enough space for .*object heap/,
  /^(?:PHP )?Fatal error: +(?:Allowed memory size of \d+ bytes exhausted|Out of memory) \(/,
  /^[\w./+-]+: out of memory allocating \d+ bytes/,
  /^virtual memory exhausted: /,
] as const;

/** What Python and Ruby write of an error that nobody caught. A test's own error may look so too: only the last words of a stream count. */
const LAST_WORDS = [
  /^(?:[\w.]+\.)?_?(?:Array)?MemoryError(?:: |$)/,
  /^\S.*: failed to allocate memory \(NoMemoryError\)$/,
] as const;

/** After the last words: where it happened, and those who started it. */
const AFTERWORDS = /^(?:\s|$|(?:g?make|ninja|npm|pnpm|yarn|just|task|error|rake)\b)/;

/** Said by who started it: a process was killed. */
const KILLED = /\bSIGKILL\b|\bsignal:? (?:9|killed)\b|\bKilled\b|\b[Ee]xit(?:ed)?\b.{0,24}\b137\b/;

/** What the output of a run says of memory. Anybody can write it, so it only ever makes a failure one that is not measured. */
export interface MemoryWords {
  readonly marker: string | null;
  readonly killed: boolean;
}

/** Follows the output of one run. */
export function memoryWatch(): { hear(line: string, stream: 'stdout' | 'stderr'): void; heard(): MemoryWords } {
  let marker: string | null = null;
  let last: string | null = null;
  let killed = false;
  return {
    hear(line, stream) {
      if (MARKERS.some((each) => each.test(line))) marker ??= cleanLine(line);
      killed ||= KILLED.test(line);
      if (stream === 'stdout') return;
      if (LAST_WORDS.some((each) => each.test(line))) last = cleanLine(line);
      else if (!AFTERWORDS.test(line)) last = null;
    },
    heard: () => ({ marker: marker ?? last, killed }),
  };
}

/**
 * Kills for want of memory that the kernel has counted, in omk's own control group or else on the machine; null
 * where neither can be read.
 */
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
  seen: MemoryWords & { readonly before: number | null; readonly after: number | null; readonly report: TestReport },
): string | null {
  const { marker, before, after, report } = seen;
  const code = result.kind === 'exited' ? result.code : null;
  if (result.kind !== 'signalled' && (code === null || code === 0)) return null;
  // Shells and sandboxes report a signal as 128 and its number.
  const itself = (result.kind === 'signalled' && result.signal === 'SIGKILL') || code === 137;
  // A test that failed and was reported has failed, whatever was printed.
  const reported = report.kind === 'tests' && report.tests.failed.length > 0;
  if (before !== null && after !== null && after > before) {
    if (itself) return 'the kernel ended it for want of memory';
    // make, cargo and the like end with a code of their own. A runner reports what ran in the process that was killed as failed.
    if (!reported || seen.killed) return 'the kernel ended a process for want of memory while it ran';
  }
  return marker === null || reported ? null : `it ran out of memory: ${marker}`;
}
