import { appendFile, copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommitId } from '../../../domain/ids.ts';
import { initWorktree } from '../objects/neutral.ts';
import { resolveTree } from '../objects/resolve.ts';
import type { Worktree } from '../port.ts';
import { git } from '../run.ts';
import { withTemporary } from '../temporary.ts';
import { materialise } from './checkout.ts';
import type { VaultPlace } from './place.ts';

/** So that an agent can commit without anyone's settings, and its files stay as they are. */
const SETTINGS = `[core]
\tautocrlf = false
\tfileMode = true
\tsymlinks = true
[user]
\tname = omk agent
\temail = agent@localhost
[commit]
\tgpgSign = false
[gc]
\tauto = 0
`;

/** A `.git` that holds exactly one commit and shares nothing with the vault: no alternates, no links (trust rule T15). */
export async function privateGit(place: VaultPlace, dir: string, base: CommitId): Promise<string> {
  const gitDir = await initWorktree(dir, place.format);
  const objects = join(gitDir, 'objects');
  await mkdir(join(objects, 'pack'), { recursive: true });
  // The pack is written straight into its place; the vault is only read.
  await git(
    [
      'pack-objects',
      '--revs',
      '--quiet',
      '--delta-base-offset',
      '--window=0',
      '--no-use-bitmap-index',
      join(objects, 'pack', 'pack'),
    ],
    {
      ...place.call,
      env: { GIT_OBJECT_DIRECTORY: objects, GIT_ALTERNATE_OBJECT_DIRECTORIES: join(place.dir, 'objects') },
      input: `--shallow ${base}\n${base}\n`,
    },
  );
  await Promise.all([
    appendFile(join(gitDir, 'config'), SETTINGS),
    writeFile(join(gitDir, 'shallow'), `${base}\n`),
    writeFile(join(gitDir, 'refs', 'heads', 'omk'), `${base}\n`),
  ]);
  return gitDir;
}

/** `dir` must not exist. Half a worktree is taken away again. */
export async function createWorktree(place: VaultPlace, dir: string, base: CommitId): Promise<Worktree> {
  await mkdir(dirname(dir), { recursive: true, mode: 0o700 });
  await mkdir(dir, { mode: 0o700 });
  try {
    const tree = await resolveTree(place.call, base);
    await withTemporary(place.temporary, async (temporary) => {
      const index = join(temporary, 'index');
      const done = await Promise.allSettled([privateGit(place, dir, base), materialise(place, tree, dir, index)]);
      for (const one of done) if (one.status === 'rejected') throw one.reason;
      await copyFile(index, join(dir, '.git', 'index'));
    });
  } catch (error) {
    await rm(dir, { recursive: true, force: true });
    throw error;
  }
  return { dir };
}
