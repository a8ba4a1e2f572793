import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeBench } from '../testing/repository.ts';
import { sweepLocks } from './sweep-locks.ts';

const skip = process.platform === 'linux' ? false : 'processes are looked at in /proc';
const OLD = new Date(Date.now() - 60_000);
const LOCKS = ['index.lock', 'HEAD.lock', 'packed-refs.lock', 'shallow.lock', 'gc.pid', 'refs/omk/proofs.lock'];

function lock(vault: string, at: Date): void {
  mkdirSync(join(vault, 'refs/omk'), { recursive: true });
  for (const name of LOCKS) {
    writeFileSync(join(vault, name), '');
    utimesSync(join(vault, name), at, at);
  }
}
const left = (vault: string): readonly string[] => LOCKS.filter((name) => existsSync(join(vault, name)));

test('locks of a git that was killed are swept, and a run goes on', { skip }, async (t) => {
  const { vault, pin } = await makeBench(t, { a: '1' });
  const commit = (): Promise<string> =>
    vault.commit({ tree: pin.tree, parent: pin.commit, message: 'x', ref: 'refs/omk/proofs', at: 1 });
  lock(vault.dir, OLD);
  await assert.rejects(commit());
  await sweepLocks(vault.dir, 50);
  assert.deepEqual(left(vault.dir), []);
  await commit();
  // A young one is waited for, and then is as old as the others.
  lock(vault.dir, new Date());
  await sweepLocks(vault.dir, 50);
  assert.deepEqual(left(vault.dir), []);
});

test('what a living git may hold stays, and what is older than it does not', { skip }, async (t) => {
  const { vault } = await makeBench(t, { a: '1' });
  // Waits for its input, as a git that is at work.
  const git = spawn('git', ['update-ref', '--stdin'], { env: { PATH: process.env['PATH'], GIT_DIR: vault.dir } });
  t.after(() => git.kill());
  await new Promise((resolve) => git.once('spawn', resolve));
  lock(vault.dir, new Date());
  await sweepLocks(vault.dir, 50);
  assert.deepEqual(left(vault.dir), LOCKS);
  lock(vault.dir, OLD);
  await sweepLocks(vault.dir, 50);
  assert.deepEqual(left(vault.dir), []);
});
