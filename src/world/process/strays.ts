import { readdir, readFile, stat } from 'node:fs/promises';
import { OmkError } from '../../domain/error.ts';
import { limitOf, readLimit } from './mark.ts';
import { pause, realTimers, type Timers } from './timers.ts';

/** A process that forks faster than it is killed is given up after this long: nothing may be judged then. */
const GIVE_UP_AFTER_MS = 10_000;
const LOOK_AGAIN_MS = 10;

/**
 * Kills every process of this user whose environment has `NAME=value` or that was started under this mark, and returns how
 * many there were once all of them are dead (a zombie is dead). Finds them through `/proc`; elsewhere there is nothing to look
 * in and it returns 0.
 * Throws `STRAYS_SURVIVED` when some still live after ten seconds.
 */
export async function endMarked(name: string, value: string, timers: Timers = realTimers): Promise<number> {
  if (process.platform !== 'linux') return 0;
  const mark = { text: Buffer.from(`\0${name}=${value}\0`), limit: limitOf({ name, value }) };
  const deadline = timers.now() + GIVE_UP_AFTER_MS;
  const killed = new Map<number, string>();
  for (;;) {
    const found = await findMarked(mark);
    for (const { pid, started } of found) {
      killed.set(pid, started);
      kill(pid);
    }
    // A dying process shows no environment any more, so those killed are watched until they are really gone.
    const dying = await Promise.all([...killed].map(async ([pid, started]) => (await startOf(pid)) === started));
    if (found.length === 0 && !dying.includes(true)) return killed.size;
    if (timers.now() > deadline) {
      throw new OmkError(
        'STRAYS_SURVIVED',
        `Processes with ${name}=${value} could not be killed.`,
        'End them by hand and run the same command again.',
        {
          exit: 6,
        },
      );
    }
    await pause(timers, LOOK_AGAIN_MS);
  }
}

interface Sought {
  readonly text: Buffer;
  readonly limit: bigint;
}

async function findMarked(mark: Sought): Promise<{ readonly pid: number; readonly started: string }[]> {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      if (pid === process.pid || !(await carries(pid, mark))) return null;
      const started = await startOf(pid);
      return started === null ? null : { pid, started };
    }),
  );
  return found.filter((entry) => entry !== null);
}

async function carries(pid: number, mark: Sought): Promise<boolean> {
  try {
    if ((await stat(`/proc/${pid}`)).uid !== process.geteuid?.()) return false;
    if (readLimit(await readFile(`/proc/${pid}/limits`, 'latin1')) === mark.limit) return true;
    const environment = await readFile(`/proc/${pid}/environ`);
    return Buffer.concat([Buffer.from('\0'), environment, Buffer.from('\0')]).includes(mark.text);
  } catch {
    // Gone meanwhile, or not ours to read: then it is not ours to kill either.
    return false;
  }
}

/** Start time of a living process, which tells it from a later one with the same number; null when it is dead or a zombie. */
export async function startOf(pid: number): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'latin1');
    // The program's name, in brackets, may contain anything: fields are counted from its end.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    return state === 'Z' || state === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Died by itself; the watch above sees it.
  }
}
