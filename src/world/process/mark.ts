import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

/** What everything that a program starts is found by. */
export interface Mark {
  readonly name: string;
  readonly value: string;
}

/**
 * A limit on processor time of real-time processes that no process reaches (over 36,000 years) and that is different for
 * each mark. Children inherit it whatever they do to their environment, session and parents; a process can lower it on purpose only.
 */
export function limitOf({ name, value }: Mark): bigint {
  const hash = createHash('sha256').update(`${name}=${value}`).digest();
  return 2n ** 60n + hash.readBigUInt64BE() / 16n;
}

/** The command, started with the limit of a mark; as it is where that cannot be set. The process is the same one. */
export function marked(
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  mark: Mark,
): readonly [string, ...string[]] {
  const tool = limitTool();
  // A program that is not there has to fail as itself.
  if (tool === null || !isThere(argv[0], env['PATH'] ?? '')) return argv;
  const limit = limitOf(mark);
  return [tool, `--rttime=${limit}:${limit}`, '--', ...argv];
}

/** `Max realtime timeout`, as `/proc/<pid>/limits` has it: the value for a process, null where it has none. */
export function readLimit(limits: string): bigint | null {
  const found = /^Max realtime timeout +(\d+) /m.exec(limits)?.[1];
  return found === undefined ? null : BigInt(found);
}

/** Why processes that leave their group and drop their environment are not found here; null where they are. */
export function lostStrays(): string | null {
  if (process.platform !== 'linux') return 'processes that leave their group are not found on this system';
  return limitTool() === null
    ? 'processes are found by their environment only: prlimit (util-linux) is not there, or omk runs under a real-time limit'
    : null;
}

let tool: string | null | undefined;

/** Nothing may be set where omk itself has a limit already: it could not be raised. */
const limitTool = (): string | null => (tool === undefined ? (tool = findTool()) : tool);

function findTool(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    if (readLimit(readFileSync('/proc/self/limits', 'latin1')) !== null) return null;
  } catch {
    return null;
  }
  return ['/usr/bin/prlimit', '/bin/prlimit'].find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const isThere = (program: string, path: string): boolean =>
  program.includes('/')
    ? isAbsolute(program) && isProgram(program)
    : path.split(':').some((folder) => isAbsolute(folder) && isProgram(join(folder, program)));
