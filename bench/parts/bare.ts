import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from './one-goal.ts';
import { PATH, time, timeGood } from './time.ts';

/**
 * The same number of checkouts, snapshots and gate executions, one after the other, with git and the gate's own command:
 * no sandbox, no report, no log, no proof, nothing cleaned up. Milliseconds.
 */
export function bare(dir: string, repository: string, counts: Counts): number {
  mkdirSync(dir, { recursive: true });
  const base = { PATH, HOME: dir, GIT_DIR: join(repository, '.git'), LC_ALL: 'C.UTF-8' };
  let total = 0;
  for (let n = 0; n < counts.checkouts; n++) {
    const cwd = join(dir, `checkout${n}`);
    mkdirSync(cwd);
    const env = { ...base, GIT_WORK_TREE: cwd, GIT_INDEX_FILE: join(dir, `index${n}`) };
    total += timeGood(['git', 'read-tree', 'HEAD'], { cwd, env }).ms;
    total += timeGood(['git', 'checkout-index', '--all', '--quiet'], { cwd, env }).ms;
  }
  for (let n = 0; n < counts.gates; n++) {
    total += time(['node', '--test', 'test/sum.test.js'], { cwd: join(dir, `checkout${n}`), env: { PATH, HOME: dir } }).ms;
  }
  for (let n = 0; n < counts.snapshots; n++) {
    const cwd = join(dir, `checkout${counts.checkouts - 1}`);
    const env = { ...base, GIT_WORK_TREE: cwd, GIT_INDEX_FILE: join(dir, `snapshot${n}`) };
    total += timeGood(['git', 'add', '--all'], { cwd, env }).ms;
    total += timeGood(['git', 'write-tree'], { cwd, env }).ms;
  }
  return total;
}
