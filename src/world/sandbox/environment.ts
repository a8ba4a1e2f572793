import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, isAbsolute, join, normalize } from 'node:path';
import { kindOf, realPath } from './paths.ts';

const DEFAULT_PATH = '/usr/local/bin:/usr/bin:/bin';

/**
 * The PATH of gates and agents: the user's, without what npm and omk added to it (trust rule T13), so that a gate
 * finds the same programs however omk was started. Absolute directories that exist, each once.
 */
export function gatePath(env: NodeJS.ProcessEnv, ownNode: string = process.execPath): string {
  const own = ownNode.includes('/node_modules/') ? realPath(dirname(ownNode)) : null;
  const kept = (env['PATH'] ?? DEFAULT_PATH)
    .split(delimiter)
    .filter((entry) => isAbsolute(entry))
    .map((entry) => normalize(entry).replace(/(?<=.)\/+$/, ''))
    .filter((entry) => !/(?:^|\/)node_modules\/\.bin(?:\/|$)/.test(entry) && !/\/node-gyp-bin$/.test(entry))
    .filter((entry) => kindOf(entry) === 'directory' && (own === null || realPath(entry) !== own));
  return [...new Set(kept)].join(delimiter);
}

/** The environment every gate and agent starts from. Nothing of the user's, nothing of npm's. */
export const baseEnv = (from: {
  readonly path: string;
  readonly home: string;
  readonly tmp: string;
}): Record<string, string> => ({
  PATH: from.path,
  HOME: from.home,
  TMPDIR: from.tmp,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
});

/** Absolute path of a program on a PATH, null when none of its directories has it. */
export function findProgram(name: string, path: string): string | null {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    if (!isAbsolute(file) || kindOf(file) !== 'file') continue;
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not executable here; a later directory may have it.
    }
  }
  return null;
}
