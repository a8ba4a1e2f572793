import { OmkError } from '../../../domain/error.ts';
import { repositoryId } from '../locate.ts';
import { readTree } from '../objects/tree.ts';
import { resolve } from '../objects/resolve.ts';
import { toRepoPath } from '../../../domain/git/path-bytes.ts';
import type { InspectedRepository } from '../port.ts';
import { tryGit } from '../run.ts';
import { userIdentity } from './author.ts';
import { locate, type Located } from './locate.ts';
import { checkoutStatus } from './status.ts';

const NAMED = 20;

/**
 * A repository and its checkout; with `needs: 'commits'` also a bare one, whose root is the repository itself. `OmkError`
 * `NOT_A_REPOSITORY`, `BARE_REPOSITORY`, `NO_COMMITS`. Writes nothing.
 */
export async function inspect(path: string, needs: 'files' | 'commits' = 'files'): Promise<InspectedRepository> {
  const found = await locate(path);
  const root = rootOf(found, path, needs);
  const call = { gitDir: found.gitDir, whose: 'user' } as const;
  const [commit, head] = await Promise.all([
    resolve(call, 'HEAD^{commit}'),
    tryGit(['symbolic-ref', '--quiet', 'HEAD'], call),
  ]);
  if (commit === null) {
    throw new OmkError(
      'NO_COMMITS',
      found.bare ? `HEAD of ${root} names no commit.` : `The repository at ${root} has no commits yet.`,
      found.bare
        ? 'git symbolic-ref HEAD refs/heads/<branch>, with a branch that has commits'
        : 'Commit something first: `git add -A && git commit -m "Start"`.',
    );
  }
  const [tree, entries, status, user] = await Promise.all([
    resolve(call, `${commit}^{tree}`),
    readTree(call, commit),
    found.bare ? NO_CHECKOUT : checkoutStatus({ ...call, workTree: root }),
    userIdentity(call),
  ]);
  if (tree === null)
    throw new OmkError(
      'GIT_OBJECT_MISSING',
      `The tree of commit ${commit} is not in the repository.`,
      'Run `git fsck`, then `git fetch`.',
    );
  const dirty = [...status.changed, ...status.untracked];
  const branch = head.code === 0 ? head.stdout.toString('utf8').trim() : null;
  return {
    pin: {
      id: repositoryId(found.commonDir),
      root,
      commit,
      tree,
      branch: branch?.replace(/^refs\/heads\//, '') ?? null,
      objectFormat: found.format,
      dirty: dirty.length > 0,
    },
    gitDir: found.commonDir,
    shallow: found.shallow,
    detached: branch === null,
    dirtyPaths: dirty.slice(0, NAMED).map(toRepoPath),
    policyDiffers: status.policy.length > 0,
    user,
    submodules: [...entries].filter(([, { mode }]) => mode === '160000').map(([name]) => toRepoPath(name)),
  };
}

/** Nothing is checked out, so that nothing can differ. */
const NO_CHECKOUT = { changed: [], untracked: [], policy: [] };

function rootOf({ root, bare, commonDir }: Located, path: string, needs: 'files' | 'commits'): string {
  if (root !== null) return root;
  if (!bare)
    throw new OmkError(
      'NOT_A_REPOSITORY',
      `${path} is inside a .git folder, not in a checkout.`,
      'Go to the folder above it.',
    );
  if (needs === 'commits') return commonDir;
  throw new OmkError(
    'BARE_REPOSITORY',
    `${commonDir} is a bare repository: it has no files to work on.`,
    'Clone it and run omk in the clone; two commits can be judged here: omk judge <base>..<commit>',
  );
}
