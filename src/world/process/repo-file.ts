import { join } from 'node:path';
import { toRaw } from '../../domain/git/path-bytes.ts';
import type { RepoPath } from '../../domain/ids.ts';

/** Where a path of a repository is below a directory, for calls of `node:fs`: bytes where its name is not UTF-8. */
export const repoFile = (root: string, path: RepoPath): string | Buffer =>
  path.includes('\\x')
    ? Buffer.concat([Buffer.from(`${root}/`), Buffer.from(toRaw(path), 'latin1')])
    : join(root, path);
