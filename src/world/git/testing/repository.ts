import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { RepositoryPin } from '../../../domain/goal/event.ts';
import type { TreeId } from '../../../domain/ids.ts';
import { openGit } from '../open.ts';
import type { Git, Vault } from '../port.ts';

/** A directory that is gone after the test. */
export function temporaryDir(t: TestContext): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'omk-git-test-')));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** git as a person would run it, with a home of its own and no settings. */
export function userGit(cwd: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'User',
      GIT_AUTHOR_EMAIL: 'user@example.org',
      GIT_COMMITTER_NAME: 'User',
      GIT_COMMITTER_EMAIL: 'user@example.org',
      GIT_AUTHOR_DATE: '@1700000000 +0000',
      GIT_COMMITTER_DATE: '@1700000000 +0000',
    },
  }).replace(/\n$/, '');
}

export type Content = string | Buffer | { readonly link: string } | { readonly program: string };

/** Writes files, links and programs below `root`. */
export function writeFiles(root: string, files: Readonly<Record<string, Content>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(file, content);
    else if ('link' in content) symlinkSync(content.link, file);
    else {
      writeFileSync(file, content.program);
      chmodSync(file, 0o755);
    }
  }
}

/** A repository on branch `main` with one commit of `files`. */
export function makeRepository(
  dir: string,
  files: Readonly<Record<string, Content>>,
  format: 'sha1' | 'sha256' = 'sha1',
): string {
  mkdirSync(dir, { recursive: true });
  userGit(dir, 'init', '--quiet', '--template=', '--initial-branch=main', `--object-format=${format}`);
  writeFiles(dir, files);
  commitAll(dir, 'Start');
  return dir;
}

/** Commits every byte as it is, whatever the attributes say. */
export function commitAll(dir: string, message: string): string {
  const attributes = join(dir, '.git', 'info', 'attributes');
  const isFolder = lstatSync(join(dir, '.git')).isDirectory();
  if (isFolder) writeFiles(dir, { '.git/info/attributes': '* -text -ident -filter !working-tree-encoding\n' });
  userGit(dir, '-c', 'core.autocrlf=false', 'add', '--all', '--force');
  if (isFolder) rmSync(attributes);
  userGit(dir, 'commit', '--quiet', '--allow-empty', '-m', message);
  return userGit(dir, 'rev-parse', 'HEAD');
}

/** One hash over every name, kind, mode, byte and (unless `times` is off) time of change below a directory. */
export function fingerprint(root: string, { times = true } = {}): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const stat = lstatSync(path);
    hash.update(`${path.slice(root.length)}\0${stat.mode}\0${stat.isDirectory() || !times ? '' : stat.mtimeMs}\0`);
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else if (stat.isSymbolicLink()) hash.update(readlinkSync(path));
    else if (stat.isFile()) hash.update(readFileSync(path));
  };
  visit(root);
  return hash.digest('hex');
}

export interface Bench {
  readonly dir: string;
  readonly root: string;
  readonly git: Git;
  readonly pin: RepositoryPin;
  readonly vault: Vault;
  readonly worktree: string;
  /** Takes a snapshot of the worktree under a ref of its own. */
  snapshot(options?: { layers?: string[] }): ReturnType<Vault['snapshot']>;
}

/** A repository, its vault with the base, and a worktree. */
export async function makeBench(
  t: TestContext,
  files: Readonly<Record<string, Content>>,
  format: 'sha1' | 'sha256' = 'sha1',
): Promise<Bench> {
  const dir = temporaryDir(t);
  const root = makeRepository(join(dir, 'user'), files, format);
  return benchOf(dir, root);
}

export async function benchOf(dir: string, root: string): Promise<Bench> {
  const git = openGit({ stateDir: join(dir, 'state') });
  const { pin } = await git.inspect(root);
  const vault = await git.openVault(pin);
  await vault.fetchBase(root, pin.commit);
  const worktree = join(dir, 'worktree');
  await vault.createWorktree(worktree, pin.commit);
  let turn = 0;
  return {
    dir,
    root,
    git,
    pin,
    vault,
    worktree,
    snapshot: ({ layers = [] } = {}) => {
      turn += 1;
      return vault.snapshot({
        worktree,
        base: pin.tree,
        ref: `refs/omk/goals/g/tasks/t/1/${turn}`,
        layers,
        message: `Turn ${turn}`,
        at: 1_700_000_000 + turn,
      });
    },
  };
}

/** The paths of a tree. */
export async function paths(vault: Vault, tree: TreeId): Promise<string[]> {
  return (await vault.listTree(tree)).map(({ path }) => path);
}
