import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerOf } from '../testing.ts';
import { planDeclared, readDeclared } from './plan.ts';

test('a set-up command and its folders are read', () => {
  assert.deepEqual(readDeclared('[worktree]\nsetup = "make deps"\ncache = ["out/", "deps/a"]\n'), {
    argv: ['make', 'deps'],
    cache: ['deps/a', 'out'],
  });
  assert.equal(readDeclared('agent = "claude"\n'), null);
  assert.equal(readDeclared('[worktree]\ncache = ["target"]\n'), null);
});

test('what is wrong is said', () => {
  for (const text of ['[worktree', '[worktree]\nsetup = 1', `[worktree]\nsetup = "a 'b"`])
    assert.ok('wrong' in (readDeclared(text) ?? {}), text);
  for (const folder of ['/abs', '../up', 'a/../b', '', '.git', 'a//b', 'a/.GIT/b']) {
    assert.ok('wrong' in (readDeclared(`[worktree]\nsetup = "x"\ncache = ${JSON.stringify([folder])}`) ?? {}), folder);
  }
});

const config = '[worktree]\nsetup = "make deps"\ncache = ["deps"]\n';

test('T14 the base declares, and every base has a set-up of its own', async () => {
  const base = await planDeclared(readerOf({ '.omk/config.toml': config }, 'one'), 'one');
  assert.ok(base.kind === 'plan');
  const other = await planDeclared(readerOf({ '.omk/config.toml': config }, 'two'), 'two');
  assert.ok(other.kind === 'plan');
  assert.notDeepEqual(base.inputs, other.inputs);
  // What a candidate wrote there is not even looked at.
  const candidate = {
    ...readerOf({ '.omk/config.toml': '[worktree]\nsetup = "evil"\n' }, 'cand'),
    base: readerOf({ '.omk/config.toml': config }, 'one').base,
  };
  const planned = await planDeclared(candidate, 'cand');
  assert.deepEqual(planned.kind === 'plan' && planned.inputs, base.inputs);
});

test('a folder of the tree is no cache', async () => {
  const planned = await planDeclared(readerOf({ '.omk/config.toml': config, 'deps/a.txt': '' }), 'tree');
  assert.match(planned.kind === 'failed' ? planned.detail : '', /names deps, which is part of the tree/);
});
