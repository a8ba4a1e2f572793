import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Stable name of a repository on this machine: 16 hex characters over the real path of its common git directory. */
export const repositoryId = (commonGitDir: string): string =>
  createHash('sha256').update(commonGitDir).digest('hex').slice(0, 16);

/** The repository around a directory, found without starting git, for commands that must be quick. Null where there is none. */
export async function locateRepository(cwd: string): Promise<{ readonly id: string; readonly gitDir: string } | null> {
  for (let directory = await realpath(cwd); ; directory = dirname(directory)) {
    const found = await dirsOf(directory);
    if (found !== null) return { id: repositoryId(found.commonDir), gitDir: found.commonDir };
    if (dirname(directory) === directory) return null;
  }
}

/** The folders of the repository whose checkout begins at `root`, found without starting git; null where none begins there. */
export async function dirsOf(root: string): Promise<{ readonly gitDir: string; readonly commonDir: string } | null> {
  const gitDir = await gitDirOf(join(root, '.git'));
  return gitDir === null ? null : { gitDir, commonDir: await commonDirOf(gitDir) };
}

/** `.git` is a directory, or a file that names one (linked worktrees, submodules). */
async function gitDirOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return (await stat(join(path, 'HEAD')).catch(() => null)) ? realpath(path) : null;
  if (!found?.isFile()) return null;
  const named = /^gitdir: (.+)$/m.exec(await readFile(path, 'utf8'))?.[1];
  return named === undefined ? null : realpath(resolve(dirname(path), named)).catch(() => null);
}

async function commonDirOf(gitDir: string): Promise<string> {
  const named = await readFile(join(gitDir, 'commondir'), 'utf8').catch(() => null);
  return named === null ? gitDir : realpath(resolve(gitDir, named.trim()));
}

/** A file in the vault of a repository that was moved: its place. */
export const MOVED = 'omk-root';

/** Where a repository is that was moved since its goals were made; null when it was not. */
export const movedRoot = (stateDir: string, id: string): Promise<string | null> =>
  readFile(join(stateDir, 'vaults', `${id}.git`, MOVED), 'utf8').catch(() => null);
