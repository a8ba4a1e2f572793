import { execFileSync } from 'node:child_process';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'fake',
  GIT_AUTHOR_EMAIL: 'fake@localhost',
  GIT_COMMITTER_NAME: 'fake',
  GIT_COMMITTER_EMAIL: 'fake@localhost',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

export const inGit = (git: string, ...args: readonly string[]): string =>
  execFileSync('git', args, {
    cwd: git,
    env: { PATH: process.env['PATH'], ...IDENTITY },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
    .toString('utf8')
    .trim();

export function commitOf(git: string, branch: string): string | null {
  try {
    return inGit(git, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`);
  } catch {
    return null;
  }
}

/** Merges two commits the way GitHub does; null on a conflict. Returns what the base branch gets. */
export function mergeOn(git: string, base: string, head: string, method: string, title: string): string | null {
  try {
    if (method === 'rebase') return rebased(git, base, head);
    const [tree = ''] = inGit(git, 'merge-tree', '--write-tree', base, head).split('\n');
    const parents = method === 'squash' ? ['-p', base] : ['-p', base, '-p', head];
    return inGit(git, 'commit-tree', tree, ...parents, '-m', title);
  } catch {
    return null;
  }
}

function rebased(git: string, base: string, head: string): string {
  const commits = inGit(git, 'rev-list', '--reverse', '--no-merges', `${base}..${head}`).split('\n').filter(Boolean);
  return commits.reduce((on, commit) => {
    const [tree = ''] = inGit(git, 'merge-tree', '--write-tree', `--merge-base=${commit}~`, on, commit).split('\n');
    return inGit(git, 'commit-tree', tree, '-p', on, '-m', inGit(git, 'log', '-1', '--format=%B', commit));
  }, base);
}
