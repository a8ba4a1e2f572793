import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitId } from '../../../domain/ids.ts';
import { tryGit } from '../run.ts';

/** The last tag on the way to a commit in the user's clone, by its name; null where there is none. */
export async function lastTag(gitDir: string, commit: CommitId): Promise<string | null> {
  const argv = ['describe', '--tags', '--abbrev=0', '--candidates=1', commit];
  const { code, stdout } = await tryGit(argv, { gitDir, whose: 'user' });
  return code === 0 ? stdout.toString('utf8').trim() || null : null;
}

const TAG = /^[0-9a-f]+ refs\/tags\/(.+)$/m;

/** Tools that take a version from git find this tag, and no other, at the commit. */
export const putTag = (dir: string, commit: CommitId, tag: string): Promise<void> =>
  writeFile(join(dir, 'packed-refs'), `${commit} refs/tags/${tag}\n`);

export const tagIn = (dir: string): Promise<string | null> =>
  readFile(join(dir, 'packed-refs'), 'utf8').then(
    (text) => TAG.exec(text)?.[1] ?? null,
    () => null,
  );
