import { constants, cpSync, existsSync, lstatSync, realpathSync, statSync } from 'node:fs';

/** Larger files are no settings: databases and logs of the agent. */
const LARGEST = 32 * 1024 * 1024;

/**
 * A copy of an agent's own folder or file, made once for an attempt, without what is kept elsewhere. Links to files are
 * followed, because what they lead to may not be visible in the sandbox; links to folders, sockets and pipes are left out.
 */
export function copyOnce(path: string, copy: string, kept: readonly string[]): string {
  if (existsSync(copy)) return copy;
  const from = realpathSync(path);
  const left = kept.flatMap((each) => (existsSync(each) ? [realpathSync(each)] : []));
  const mode = constants.COPYFILE_FICLONE;
  cpSync(from, copy, {
    recursive: true,
    dereference: true,
    mode,
    filter: (source) => source === from || (!left.includes(source) && isSetting(source)),
  });
  return copy;
}

function isSetting(path: string): boolean {
  try {
    if (lstatSync(path).isDirectory()) return true;
    const found = statSync(path);
    return found.isFile() && found.size <= LARGEST;
  } catch {
    return false;
  }
}
