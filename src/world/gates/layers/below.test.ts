import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { planBelow } from './below.ts';
import type { Plan, Planned } from './plan.ts';
import { planAll } from './planned.ts';
import { readerOf } from './testing.ts';
import { json, layerOf, LOCAL, machine, missing } from './testing/machine.ts';

const namesOf = (planned: readonly Planned[]): readonly string[] =>
  planned.flatMap((each) => (each.kind === 'plan' && each.unless === undefined ? [each.manager] : []));
const NODE = {
  'package.json': json({ name: 'a', dependencies: { b: '1' } }),
  'package-lock.json': json({ packages: { 'node_modules/b': {} } }),
};
const PYTHON = { 'requirements.txt': 'six==1.16.0\n' };
const inFolder = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));

test('projects in folders are installed for, each language by its own manager', async () => {
  const files = { ...inFolder('backend', PYTHON), ...inFolder('frontend', NODE), 'README.md': '' };
  const planned = await planAll(readerOf(files), 'tree', {});
  assert.deepEqual(namesOf(planned), ['npm in frontend', 'pip in backend']);
  const npm = planned.find((each): each is Plan => each.kind === 'plan' && each.manager === 'npm in frontend');
  assert.equal(npm?.folder, 'frontend/node_modules');
  assert.deepEqual(namesOf(await planAll(readerOf({ ...files, ...NODE }), 'tree', {})), ['npm']);
});

test("what lies beside the checkout is the first project's, and that is told for the others", async () => {
  const files = { ...inFolder('a', PYTHON), ...inFolder('b', PYTHON), ...inFolder('c', NODE), ...inFolder('d', NODE) };
  const planned = await planAll(readerOf(files), 'tree', {});
  assert.deepEqual(namesOf(planned), ['npm in c', 'npm in d', 'pip in a']);
  assert.deepEqual(
    planned.flatMap((each) => (each.kind === 'none' && each.told ? [each.why] : [])),
    ['without what b needs: a has it installed'],
  );
});

test('a project in a folder is installed in that folder', missing('npm'), async () => {
  const { layers, vault } = machine({ tree: inFolder('web/app', LOCAL) });
  const layer = layerOf(await layers.prepare(vault, 'tree', 'tree'));
  assert.equal(layer.mount, 'web/app/node_modules');
  assert.match(layer.kind, /^npm in web\/app/);
  assert.ok(readdirSync(layer.dir).includes('local'));
});

test('nested folders and earlier layers are those of the folder', async () => {
  const { dir } = machine({ tree: {} });
  const plan: Plan = {
    kind: 'plan',
    manager: 'm',
    folder: 'modules',
    place: 'tree',
    env: {},
    pathPrefix: [],
    tools: [],
    inputs: [],
    async install({ out, checkout, root, before }) {
      const said = join(out, 'nested/packages/x/said');
      mkdirSync(dirname(said), { recursive: true });
      writeFileSync(said, JSON.stringify([checkout.slice(dir.length), root?.slice(dir.length), [...before]]));
      return { kind: 'done', nested: ['packages/x'] };
    },
  };
  const before = new Map([
    ['k in web', '/k'],
    ['k in api', '/o'],
    ['k', '/r'],
  ]);
  const build = { checkout: join(dir, 'checkout'), out: join(dir, 'out'), final: join(dir, 'final'), before };
  mkdirSync(build.out);
  // Only what is read is given.
  const done = await planBelow(plan, 'web').install(Object.assign(Object.create(null), build));
  assert.deepEqual(done, { kind: 'done', nested: ['web/packages/x'] });
  assert.equal(
    readFileSync(join(dir, 'out/nested/web/packages/x/said'), 'utf8'),
    JSON.stringify(['/checkout/web', '/checkout', [['k', '/k']]]),
  );
});
