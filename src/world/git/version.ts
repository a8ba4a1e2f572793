import { OmkError } from '../../domain/error.ts';
import { gitText } from './run.ts';

const MINIMUM: readonly [number, number] = [2, 38];

/** Older git does not honour `safe.directory` per call, and has no `merge-tree --write-tree`. */
export function checkVersion(text: string): void {
  const match = /^git version (\d+)\.(\d+)/.exec(text);
  const major = Number(match?.[1] ?? 0);
  const minor = Number(match?.[2] ?? 0);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  const found = match === null ? 'an unknown version of git' : `git ${major}.${minor}`;
  throw new OmkError(
    'GIT_TOO_OLD',
    `omk needs git ${MINIMUM.join('.')} or newer and found ${found}.`,
    'Install a newer git, for example from https://git-scm.com/downloads.',
  );
}

/** Such as `2.39.5`. `OmkError` `GIT_NOT_FOUND` or `GIT_TOO_OLD`. */
export async function gitVersion(): Promise<string> {
  const text = await gitText(['version'], {});
  checkVersion(text);
  return text.replace(/^git version /, '');
}

let checked: Promise<unknown> | undefined;

/** The same check, made once in a program's life. */
export async function requireGit(): Promise<void> {
  checked ??= gitVersion().catch((error: unknown) => {
    checked = undefined;
    throw error;
  });
  await checked;
}
