import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { planNpm } from './plan.ts';

const plan = (files: Readonly<Record<string, string>>, tree = 'tree') => planNpm(readerOf(files, tree), tree);
const json = JSON.stringify;
const DEPENDS = json({ dependencies: { x: '1' } });
const LOCK = json({ lockfileVersion: 3, packages: { '': {}, 'node_modules/x': { version: '1.0.0' } } });

test('without a lock file one is made before the installation, and not where one would say too little', async () => {
  const unlocked = await plan({ 'package.json': DEPENDS });
  assert.equal(unlocked.kind === 'plan' && unlocked.unlocked?.file, 'package-lock.json');
  const locked = await plan({ 'package.json': DEPENDS, 'package-lock.json': LOCK });
  assert.equal(locked.kind === 'plan' && locked.unlocked, undefined);

  const cases: readonly (readonly [Readonly<Record<string, string>>, RegExp, boolean])[] = [
    [{}, /not meant/, false],
    [{ 'package.json': '{}' }, /declares no dependencies/, false],
    [{ 'package.json': DEPENDS, 'deno.lock': '{}' }, /commit a package-lock\.json too/, true],
    [{ 'package.json': DEPENDS, 'pnpm-lock.yaml': '' }, /not meant/, false],
    [{ 'package.json': '{}', 'package-lock.json': json({ packages: { '': {} } }) }, /has no dependencies/, false],
    [{ 'package.json': DEPENDS, 'package-lock.json': LOCK, 'node_modules/x/index.js': '' }, /part of the tree/, false],
  ];
  for (const [files, why, declared] of cases) {
    const planned = await plan(files);
    assert.ok(planned.kind === 'none', json(files));
    assert.match(planned.why ?? 'not meant', why);
    assert.equal(planned.declared, declared, planned.why ?? '');
  }
});

test('a lock file that cannot be read, or misses what is declared, is a failure', async () => {
  for (const lock of ['{', '[]', 'null', json({ packages: { '': {} } })]) {
    assert.equal((await plan({ 'package.json': DEPENDS, 'package-lock.json': lock })).kind, 'failed', lock);
  }
});

const inputs = async (files: Readonly<Record<string, string>>, tree?: string): Promise<unknown> => {
  const planned = await plan({ 'package.json': DEPENDS, 'package-lock.json': LOCK, ...files }, tree);
  assert.ok(planned.kind === 'plan');
  return planned.inputs;
};

test('T14 what decides an installation is part of its inputs, a test script is not', async () => {
  const before = await inputs({});
  assert.deepEqual(
    await inputs({ 'package.json': json({ dependencies: { x: '1' }, scripts: { test: 'node --test' } }) }),
    before,
  );
  assert.deepEqual(await inputs({ 'src/index.js': 'x' }, 'other'), before);
  for (const files of [
    { 'package.json': json({ dependencies: { x: '2' } }) },
    { 'package.json': json({ dependencies: { x: '1' }, scripts: { postinstall: 'x' } }) },
    { 'package.json': json({ dependencies: { x: '1' }, overrides: { y: '1' } }) },
    { 'package-lock.json': `${LOCK} ` },
    { '.npmrc': 'legacy-peer-deps=true' },
    { 'packages/a/package.json': json({ dependencies: { z: '1' } }) },
    { 'patches/x.patch': 'x' },
  ]) {
    assert.notDeepEqual(await inputs(files), before, json(files));
  }
});

test('T14 a postinstall script may read the whole tree, so the whole tree decides', async () => {
  const files = {
    'package.json': json({ dependencies: { x: '1' }, scripts: { postinstall: 'node scripts/after.js' } }),
  };
  assert.notDeepEqual(await inputs(files, 'one'), await inputs(files, 'two'));
  const hooks = {
    'package.json': json({ dependencies: { x: '1' }, scripts: { prepare: 'husky', prepublish: 'make' } }),
  };
  assert.deepEqual(await inputs(hooks, 'one'), await inputs(hooks, 'two'), 'what is not started reads nothing');
});
