import { git, gitText } from '../run.ts';

/** A new repository with everything in `dir` as its first commit, of `date` or of now; for the demo and for tests. Returns the commit. */
export async function createRepository(dir: string, message: string, date?: string): Promise<string> {
  const call = {
    cwd: dir,
    env: {
      GIT_AUTHOR_NAME: 'omk',
      GIT_AUTHOR_EMAIL: 'omk@localhost',
      GIT_COMMITTER_NAME: 'omk',
      GIT_COMMITTER_EMAIL: 'omk@localhost',
      ...(date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }),
    },
  };
  await git(['init', '--quiet', '--template=', '--initial-branch=main', dir], call);
  await git(['add', '--all'], call);
  await git(['commit', '--quiet', '--message', message], call);
  return gitText(['rev-parse', 'HEAD'], call);
}
