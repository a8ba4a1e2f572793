import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const write = (content: string) => ({ write: { path: 'note.txt', content } });
const run = async (m: Machine, turns: readonly unknown[], ...flags: readonly string[]) =>
  parseRun(await m.omk(['run', '--json', ...flags, '--agent', m.agent({ turns }), 'Make the red test green']));
const json = async (m: Machine, ...args: readonly string[]) => JSON.parse((await m.omk([...args, '--json'])).out);

/** A file as a process that was killed two days ago left it. */
function old(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, 'left');
  const then = new Date(Date.now() - 2 * 24 * 3_600_000);
  utimesSync(path, then, then);
  return path;
}

/** What is in the state directory, but for what Node and SQLite keep there. */
const paths = (m: Machine): readonly string[] =>
  Object.keys(listing(m.state)).filter((path) => !/^\/compiled\/|-(?:wal|shm)$/.test(path));

const refs = (m: Machine): readonly string[] => {
  const vault = join(m.state, 'vaults', readdirSync(join(m.state, 'vaults'))[0] ?? '');
  return execFileSync('git', ['-C', vault, 'for-each-ref', '--format=%(refname)', 'refs/omk/goals'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
};

test('gc takes what goals that ended left, says it first when asked, and keeps the last snapshot of every attempt', async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const unfinished = await run(
    m,
    [{ steps: [write('one'), { say: 'done' }] }],
    '--max-attempts',
    '1',
    '--max-turns',
    '1',
  );
  assert.equal(unfinished.status, 'not_ready');
  const done = await run(m, [{ steps: [write('x'), { say: 'done' }] }, { steps: [fix, { say: 'done' }] }]);
  assert.equal(done.status, 'ready');
  const left = [
    join(m.state, 'blobs', 'draft-1-aa'),
    join(m.state, 'blobs', 'ab', 'c'.repeat(62)),
    join(m.state, 'layers', '.build-x'),
    join(m.state, 'goals.db.0123456789ab'),
  ].map(old);
  const caches = [
    join(m.state, 'supplies', 'gone', 'git', 'd'.repeat(40)),
    join(m.state, 'supplies', 'gone', 'submodules', 'e'.repeat(40)),
    join(m.state, 'cache', 'go-build'),
  ].map(old);
  const [worktree] = await json(m, 'worktrees', 'list');
  assert.deepEqual([worktree.goal, worktree.attempt, worktree.inVault], [unfinished.goal, 1, true]);
  const list = await json(m, 'goal', 'list', '--size');
  assert.ok(list.every(({ bytes }: { bytes: number }) => bytes > 0));

  const before = paths(m);
  const dry = await json(m, 'gc', '--dry-run', '--older-than', '0s');
  assert.deepEqual(paths(m), before);
  assert.deepEqual(
    [...new Set(dry.garbage.map(({ kind }: { kind: string }) => kind))].sort((a, b) =>
      String(a).localeCompare(String(b)),
    ),
    ['blobs', 'cache', 'leftover', 'snapshots', 'worktree'],
  );
  assert.equal((await m.omk(['gc'])).code, 0);
  assert.deepEqual(left.filter(existsSync), []);
  assert.ok(existsSync(worktree.path), 'not old enough');
  await m.omk(['gc', '--older-than', '0s', '--keep', '2']);
  assert.ok(existsSync(worktree.path), 'one of the two newest');

  await m.omk(['gc', '--older-than', '0s']);
  assert.deepEqual(caches.filter(existsSync), []);
  assert.equal(existsSync(worktree.path), false);
  assert.deepEqual(
    refs(m).filter((ref) => ref.includes('/tasks/')),
    [`refs/omk/goals/${unfinished.goal}/tasks/t1/1/1`, `refs/omk/goals/${done.goal}/tasks/t1/1/2`].sort(),
  );
  for (const { goal } of [unfinished, done]) assert.match((await m.omk(['verify', goal])).out, /^verified to V1/);
  assert.match((await m.omk(['goal', 'diff', unfinished.goal])).out, /note\.txt/);
  assert.equal((await m.omk(['goal', 'apply', done.goal])).code, 0);
  const again = await m.omk(['goal', 'resume', unfinished.goal, '--json']);
  assert.ok([0, 3].includes(again.code ?? -1), again.err);
  assert.match((await m.omk(['doctor', '--quick'])).out, /disk: .* in use: /);
});

test('rm removes a goal with everything of it, and no other', { skip: slow }, async (t) => {
  const m = await machine(t, javascript.files, { runs });
  const first = await run(m, [{ steps: [write('one'), { say: 'done' }] }], '--max-attempts', '1', '--max-turns', '1');
  const second = await run(m, [{ steps: [fix, { say: 'done' }] }]);
  const removed = await m.omk(['goal', 'rm', first.goal]);
  assert.equal(removed.code, 0, removed.err);
  assert.deepEqual(
    Object.keys(listing(m.state)).filter((path) => path.includes(first.goal)),
    [],
  );
  assert.equal((await m.omk(['goal', 'show', first.goal])).code, 2);
  assert.match((await m.omk(['verify', second.goal])).out, /^verified to V1/);
  assert.equal((await m.omk(['goal', 'rm'])).code, 2);
});
