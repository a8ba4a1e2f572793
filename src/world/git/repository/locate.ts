import { realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { OmkError } from '../../../domain/error.ts';
import type { CommitId } from '../../../domain/ids.ts';
import type { ObjectFormat } from '../objects/id.ts';
import { resolve as resolveRevision } from '../objects/resolve.ts';
import { tryGit } from '../run.ts';

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
  return new OmkError(
    'NOT_A_REPOSITORY',
    `${path} is not in a git repository.`,
    'Go to a git repository, or make one with `git init`, `git add` and `git commit`.',
  );
}

/** `OmkError` `NOT_A_REPOSITORY`. Writes nothing. */
export async function locate(path: string): Promise<Located> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => null);
  if (found === null) throw notARepository(absolute);
  const cwd = found.isDirectory() ? absolute : dirname(absolute);
  const questions = [
    '--is-bare-repository',
    '--is-shallow-repository',
    '--show-object-format',
    '--absolute-git-dir',
    '--git-common-dir',
  ];
  // The last question has no answer, and an exit code of its own, where there is no checkout.
  const output = await tryGit(['rev-parse', '--path-format=absolute', ...questions, '--show-toplevel'], {
    cwd,
    whose: 'user',
  });
  if (output.code !== 0 && /not a git repository/i.test(output.stderr)) throw notARepository(absolute);
  const answers = output.stdout.toString('utf8').split('\n');
  if (answers.length <= questions.length) {
    throw new OmkError(
      'GIT_FAILED',
      `git cannot read the repository at ${absolute}: ${output.stderr.trim().split('\n')[0] ?? ''}`,
      'Mend the repository (see `git fsck`, `git config --list`), then run the command again.',
    );
  }
  const [bare, shallow, format, gitDir = '', commonDir = '', root = ''] = answers;
  if (format !== 'sha1' && format !== 'sha256')
    throw new OmkError(
      'GIT_FAILED',
      `The repository at ${absolute} uses the unknown object format "${format ?? ''}".`,
      'Update omk.',
    );
  return {
    commonDir: await realpath(commonDir),
    gitDir: await realpath(gitDir),
    root: output.code === 0 ? await realpath(root) : null,
    bare: bare === 'true',
    shallow: shallow === 'true',
    format,
  };
}

/** Whether there is a repository at a path that has a commit. Writes nothing. */
export async function hasCommit(path: string, commit: CommitId): Promise<boolean> {
  const found = await locate(path).catch(() => null);
  return (
    found !== null && (await resolveRevision({ gitDir: found.gitDir, whose: 'user' }, `${commit}^{commit}`)) === commit
  );
}
