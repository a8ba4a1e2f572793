import type { CommitId, RepoPath } from '../ids.ts';

/** Something that a checkout should have and the user's clone cannot give. */
export interface CheckoutLack {
  readonly what: 'submodule' | 'lfs' | 'git_crypt';
  readonly path: RepoPath;
}

/** What checkouts of a base get beside its tree (docs/adr/0035). Names and ids, never content. */
export interface Beside {
  readonly submodules: readonly { readonly path: RepoPath; readonly id: CommitId }[];
  /** Objects of Git LFS in the place of their pointers. */
  readonly lfs: readonly { readonly path: RepoPath; readonly oid: string }[];
  /** Files of the user's checkout that git ignores. */
  readonly included: readonly RepoPath[];
  readonly lacks: readonly CheckoutLack[];
}

export const isEmpty = ({ submodules, lfs, included, lacks }: Beside): boolean =>
  submodules.length + lfs.length + included.length + lacks.length === 0;

const FIX: Readonly<Record<CheckoutLack['what'], (path: RepoPath) => string>> = {
  submodule: (path) => `git submodule update --init --recursive -- ${path}`,
  lfs: () => 'git lfs fetch',
  git_crypt: (path) => `a copy of ${path} under another name that .worktreeinclude names, or tests that do without it`,
};

const SAYS: Readonly<Record<CheckoutLack['what'], (path: RepoPath) => string>> = {
  submodule: (path) => `submodule ${path} is not in your clone`,
  lfs: (path) => `${path} is a pointer of Git LFS, and its content is not in your clone`,
  git_crypt: (path) => `${path} is encrypted with git-crypt, so gates and agents see it encrypted`,
};

export const lackText = ({ what, path }: CheckoutLack): string => SAYS[what](path);
export const lackFix = ({ what, path }: CheckoutLack): string => FIX[what](path);

/** The id that a tree has at a path; undefined where it has nothing. */
export type IdAt = (path: RepoPath) => string | undefined;

/**
 * What of it a checkout of a tree gets: what that tree still has as the base does, so that a candidate chooses neither which commit
 * or object it gets nor where; and files of the user in no file's place.
 */
export function placedOn(
  { submodules, lfs, included }: Pick<Beside, 'submodules' | 'lfs' | 'included'>,
  base: IdAt,
  judged: IdAt,
): readonly RepoPath[] {
  const top = (path: RepoPath): RepoPath => submodules.find((each) => path.startsWith(`${each.path}/`))?.path ?? path;
  const asBase = (path: RepoPath): boolean => judged(path) !== undefined && judged(path) === base(path);
  return [
    ...submodules.map(({ path }) => path).filter((path) => asBase(top(path))),
    ...lfs.map(({ path }) => path).filter(asBase),
    ...included.filter((path) => judged(path) === undefined),
  ];
}
