import { git, gitText } from '../run.ts';

/** A new repository with everything in `dir` as its first commit; for the demo and for tests. Returns the commit. */
export async function createRepository(dir: string, message: string): Promise<string> {
  const call = {
    cwd: dir,
    env: {
      GIT_AUTHOR_NAME: 'omk',
      GIT_AUTHOR_EMAIL: 'omk@localhost',
      GIT_COMMITTER_NAME: 'omk',
      GIT_COMMITTER_EMAIL: 'omk@localhost',
    },
  };
  await git(['init', '--quiet', '--template=', '--initial-branch=main', dir], call);
  await git(['add', '--all'], call);
  await git(['commit', '--quiet', '--message', message], call);
  return gitText(['rev-parse', 'HEAD'], call);
}
