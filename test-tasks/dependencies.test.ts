import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { filesOf, onTask, runParts, write } from '../test/support/tasks.ts';

const NAMES = ['one', 'two'] as const;

const manifest = (...names: readonly string[]): string =>
  `${JSON.stringify(
    {
      name: 'parts',
      version: '1.0.0',
      type: 'module',
      scripts: { test: 'node --test' },
      dependencies: Object.fromEntries(['mid', ...names].sort().map((name) => [name, `file:packages/${name}`])),
    },
    null,
    2,
  )}\n`;

const lock = (...names: readonly string[]): string => {
  const all = ['mid', ...names].sort();
  const packages = {
    '': {
      name: 'parts',
      version: '1.0.0',
      dependencies: Object.fromEntries(all.map((name) => [name, `file:packages/${name}`])),
    },
    ...Object.fromEntries(all.map((name) => [`node_modules/${name}`, { resolved: `packages/${name}`, link: true }])),
    ...Object.fromEntries(all.map((name) => [`packages/${name}`, { version: '1.0.0' }])),
  };
  return `${JSON.stringify({ name: 'parts', version: '1.0.0', lockfileVersion: 3, requires: true, packages }, null, 2)}\n`;
};

const PARTS = NAMES.map((id) => ({ id }));

const files = {
  ...filesOf(PARTS),
  '.gitignore': 'node_modules/\n',
  'package.json': manifest(),
  'package-lock.json': lock(),
  ...Object.fromEntries(
    ['mid', ...NAMES].flatMap((name) => [
      [
        `packages/${name}/package.json`,
        `${JSON.stringify({ name, version: '1.0.0', type: 'module', main: 'index.js' })}\n`,
      ],
      [`packages/${name}/index.js`, `export const ${name} = '${name}';\n`],
    ]),
  ),
};

/** Uses the package of its name, and adds it to the manifest and the lock file. */
const adds = (id: string): readonly unknown[] => [
  write('package.json', manifest(id)),
  write('package-lock.json', lock(id)),
  write(`src/${id}.js`, `export { ${id} } from '${id}';\n`),
];

test('two tasks that each add a dependency land: manifests are joined, and the lock file is made again', async (t) => {
  const { m, status, of, landed, ...ran } = await runParts(
    t,
    PARTS,
    NAMES.map((id) => onTask(id, ...adds(id))),
    files,
  );
  assert.equal(status, 'ready', JSON.stringify(ran.gaps));
  assert.deepEqual([new Set(landed), of('task.returned')], [new Set(NAMES), []]);
  const merges = of('trees.merged').map((data) => data['merged']);
  assert.ok(JSON.stringify(merges).includes('"remade":["package-lock.json"]'), JSON.stringify(merges));
  assert.equal((await m.omk(['verify'])).code, 0);
  assert.equal((await m.omk(['goal', 'apply', '--branch', 'result'])).code, 0);
  const show = (path: string): string =>
    execFileSync('git', ['show', `result:${path}`], { cwd: m.repository, encoding: 'utf8' });
  assert.equal(show('package.json'), manifest(...NAMES));
  assert.equal(show('package-lock.json'), lock(...NAMES));
});
