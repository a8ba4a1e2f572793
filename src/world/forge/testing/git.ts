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

/** Puts a commit with one more file on a branch, which begins at `main`, or at nothing. Returns the commit. */
export function commitTo(git: string, branch: string, file: string, text: string): string {
  const parent = commitOf(git, branch) ?? commitOf(git, 'main');
  const tree = parent === null ? [] : inGit(git, 'ls-tree', parent).split('\n').filter(Boolean);
  const blob = withInput(git, text, 'hash-object', '-w', '--stdin');
  const entries = [...tree.filter((entry) => !entry.endsWith(`\t${file}`)), `100644 blob ${blob}\t${file}`];
  const made = withInput(git, `${entries.join('\n')}\n`, 'mktree');
  const commit = inGit(git, 'commit-tree', made, ...(parent === null ? [] : ['-p', parent]), '-m', `Change ${file}`);
  inGit(git, 'update-ref', `refs/heads/${branch}`, commit);
  return commit;
}

const withInput = (git: string, input: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: git, input, env: { PATH: process.env['PATH'], ...IDENTITY } })
    .toString('utf8')
    .trim();

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
    const [tree = ''] = inGit(git, 'merge-tree', '--write-tree', on, commit).split('\n');
    return inGit(git, 'commit-tree', tree, '-p', on, '-m', inGit(git, 'log', '-1', '--format=%B', commit));
  }, base);
}
