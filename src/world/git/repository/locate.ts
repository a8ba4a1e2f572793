import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { ObjectFormat } from '../objects/id.ts';
import type { GitCall } from '../run.ts';
import { gitText, tryGit } from '../run.ts';

/** A repository of the user, found from any place in it. */
export interface Located {
  /** The repository's own directory, shared by all of its worktrees. */
  readonly commonDir: string;
  /** The git directory of this checkout: its HEAD and its index. */
  readonly gitDir: string;
  /** Top of the checkout; null in a bare repository or inside `.git`. */
  readonly root: string | null;
  readonly bare: boolean;
  readonly shallow: boolean;
  readonly format: ObjectFormat;
}

function notARepository(path: string): OmkError {
  return new OmkError('NOT_A_REPOSITORY', `${path} is not in a git repository.`, 'Go to a git repository, or make one with `git init`, `git add` and `git commit`.');
}

/** `OmkError` `NOT_A_REPOSITORY`. Writes nothing. */
export async function locate(path: string): Promise<Located> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => null);
  if (found === null) throw notARepository(absolute);
  const cwd = found.isDirectory() ? absolute : dirname(absolute);
  const call: GitCall = { cwd, whose: 'user' };
  const output = await tryGit(['rev-parse', '--path-format=absolute', '--is-bare-repository', '--is-inside-work-tree', '--is-shallow-repository', '--show-object-format', '--absolute-git-dir', '--git-common-dir'], call);
  if (output.code !== 0) {
    if (/not a git repository/i.test(output.stderr)) throw notARepository(absolute);
    throw new OmkError('GIT_FAILED', `git cannot read the repository at ${absolute}: ${output.stderr.trim().split('\n')[0] ?? ''}`, 'Mend the repository (see `git fsck`, `git config --list`), then run the command again.');
  }
  const [bare, inside, shallow, format, gitDir = '', commonDir = ''] = output.stdout.toString('utf8').split('\n');
  if (format !== 'sha1' && format !== 'sha256') throw new OmkError('GIT_FAILED', `The repository at ${absolute} uses the unknown object format "${format ?? ''}".`, 'Update omk.');
  return {
    commonDir: await realpath(commonDir),
    gitDir: await realpath(gitDir),
    root: inside === 'true' ? await realpath(await gitText(['rev-parse', '--path-format=absolute', '--show-toplevel'], call)) : null,
    bare: bare === 'true',
    shallow: shallow === 'true',
    format,
  };
}
