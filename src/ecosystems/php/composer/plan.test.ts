import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan } from '../../../world/gates/layers/plan.ts';
import { readerOf } from '../../../world/gates/layers/testing.ts';
import { planComposer } from './plan.ts';

const planOf = async (files: Readonly<Record<string, string>>): Promise<Plan> => {
  const planned = await planComposer(readerOf(files), 'tree');
  return planned.kind === 'plan' ? planned : assert.fail(planned.kind);
};

test('an autoloader that lists classes is made again where files of classes differ, others are not', async () => {
  const files = (autoload: string, source: string): Readonly<Record<string, string>> => ({
    'composer.json': `{ "autoload": { "${autoload}": ["src/"] } }`,
    'composer.lock': '{}',
    'src/A.php': source,
  });
  const inputs = async (autoload: string, source: string): Promise<unknown> =>
    (await planOf(files(autoload, source))).inputs;
  assert.notDeepEqual(await inputs('classmap', 'one'), await inputs('classmap', 'two'));
  assert.deepEqual(await inputs('psr-4', 'one'), await inputs('psr-4', 'two'));
  const of = async (autoload: string): Promise<unknown> => (await planOf(files(autoload, 'one'))).of;
  assert.deepEqual([await of('classmap'), await of('psr-4')], ['tree', undefined]);
});

test('packages that are part of the tree, or go elsewhere, are not installed', async () => {
  const why = async (files: Readonly<Record<string, string>>): Promise<unknown> => {
    const planned = await planComposer(readerOf(files), 'tree');
    return planned.kind === 'none' ? [planned.why, planned.declared] : planned.kind;
  };
  assert.deepEqual(await why({ 'composer.json': '{}', 'vendor/autoload.php': '' }), [
    'vendor is part of the tree',
    false,
  ]);
  assert.deepEqual(await why({ 'composer.json': '{ "config": { "vendor-dir": "lib" } }' }), [
    'composer.json puts packages into lib, and omk installs into vendor only',
    true,
  ]);
  assert.deepEqual(await why({ 'composer.json': 'no JSON' }), [null, false]);
});
