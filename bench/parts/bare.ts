import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './one-goal.ts';
import { FIXED } from './repository.ts';
import { PATH, time, timeGood } from './time.ts';

/** How gates are run: with what command, and with which files beside the tree in each run. */
interface Gates {
  readonly argv: readonly string[];
  readonly files: readonly Readonly<Record<string, string>>[];
}

const ONE_TEST: Gates = { argv: ['node', '--test', 'test/sum.test.js'], files: [] };

/**
 * The same number of checkouts, snapshots and gate executions, one after the other, with git and the gate's own command:
 * no sandbox, no report, no log, no proof, nothing cleaned up. Milliseconds.
 */
export function bare(dir: string, repository: string, counts: Counts, { argv, files }: Gates = ONE_TEST): number {
  mkdirSync(dir, { recursive: true });
  const base = { PATH, HOME: dir, GIT_DIR: join(repository, '.git'), LC_ALL: 'C.UTF-8' };
  const at = (n: number): string => join(dir, `checkout${n % counts.checkouts}`);
  const git = (n: number, index: string, ...args: string[]): number =>
    timeGood(['git', ...args], { cwd: at(n), env: { ...base, GIT_WORK_TREE: at(n), GIT_INDEX_FILE: join(dir, index) } })
      .ms;
  let total = 0;
  for (let n = 0; n < counts.checkouts; n++) {
    mkdirSync(at(n));
    total += git(n, `index${n}`, 'read-tree', '--reset', '-u', 'HEAD');
  }
  for (let n = 0; n < counts.moves; n++) total += git(n, `index${n}`, 'read-tree', '--reset', '-u', FIXED);
  for (let n = 0; n < counts.gates; n++) {
    for (const path of files.flatMap((each) => Object.keys(each))) rmSync(join(at(n), path), { force: true });
    for (const [path, content] of Object.entries(files[n] ?? {})) writeFileSync(join(at(n), path), content);
    total += time(argv, { cwd: at(n), env: { PATH, HOME: dir } }).ms;
  }
  for (let n = 0; n < counts.snapshots; n++) {
    total += git(counts.checkouts - 1, `snapshot${n}`, 'add', '--all');
    total += git(counts.checkouts - 1, `snapshot${n}`, 'write-tree');
  }
  execFileSync('rm', ['-rf', dir]);
  return total;
}
