import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, writeFiles } from './support/machine.ts';

const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

test(
  'a proof is found after a squash by its tree, and on a base that moved by its change, and says what that shows',
  { skip: slow },
  async (t) => {
    const m = await machine(t, javascript.files);
    const ran = await m.omk([
      'run',
      '--json',
      '--agent',
      m.agent({ turns: [{ steps: [fix] }] }),
      'Make the red test green',
    ]);
    assert.equal(parseRun(ran).status, 'ready', ran.out);
    assert.equal((await m.omk(['goal', 'apply', '--branch', 'feature'])).code, 0);
    const git = (cwd: string, ...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
        cwd,
        encoding: 'utf8',
      }).trim();
    const squash = (message: string): void => {
      git(m.repository, 'merge', '-q', '--squash', 'feature');
      git(m.repository, 'commit', '-q', '-m', message);
    };
    squash('Squashed');
    git(m.repository, 'branch', 'squashed');
    git(m.repository, 'reset', '-q', '--hard', 'HEAD~1');
    writeFiles(m.repository, { 'NOTES.md': 'moved on\n' });
    git(m.repository, 'add', '-A');
    git(m.repository, 'commit', '-q', '-m', 'Move on');
    git(m.repository, 'branch', 'notes');
    squash('Squashed on another base');
    git(m.repository, 'branch', 'moved');

    // Somebody else, who has the branches that were merged and the proofs.
    const clone = join(m.dir, 'clone');
    git(m.dir, 'clone', '-q', '--no-local', '--single-branch', '-b', 'squashed', m.repository, clone);
    git(clone, 'fetch', '-q', 'origin', 'refs/omk/proofs:refs/omk/proofs', 'moved:moved', 'notes:notes');
    const env = { OMK_STATE_DIR: join(m.dir, 'their state') };
    const key = ['--key', join(m.state, 'keys', 'omk-ed25519.pub')];
    const verify = (...args: readonly string[]) => m.omk(['verify', ...key, ...args], { cwd: clone, env });

    const tree = await verify('HEAD', '--base', 'HEAD~1');
    assert.equal(tree.code, 0, tree.out + tree.err);
    assert.match(tree.out, /verified to V1/);
    assert.match(tree.out, /found {3}by its tree: [0-9a-f]{12} is another commit with the very tree that was judged/);

    const change = await verify('moved', '--base', 'HEAD~1');
    assert.equal(change.code, 3, change.out + change.err);
    assert.match(change.out, /found {3}by its change: .* on another base/);
    assert.match(change.out, /does not show that the gates\n +pass on [0-9a-f]{12}: nothing was run on its tree/);
    assert.equal(JSON.parse((await verify('--json', 'moved', '--base', 'HEAD~1')).out).found.by, 'patch');

    const none = await verify('notes', '--base', 'HEAD~1');
    assert.equal(none.code, 2);
    assert.match(none.err, /GOAL_NOT_FOUND/);
  },
);
