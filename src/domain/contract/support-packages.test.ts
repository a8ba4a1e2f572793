import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PathChange } from '../git/snapshot.ts';
import { manifestsAbove, packageOf } from './support-packages.ts';
import { mayBeSupport, supportsTests } from './support.ts';

const changed = (path: string, change: PathChange['change'] = 'modified'): PathChange => ({
  path,
  change,
  oldMode: '100644',
  newMode: '100644',
});
const KIT = 'packages/kit/package.json';
const SAME = 'export function same(a, b) {\n  if (a !== b) throw new Error(`${a}`);\n}';

suite('a package of a workspace that is for tests', () => {
  test('is found by the nearest manifest below the root', () => {
    const has = (path: string): boolean =>
      ['package.json', KIT, 'packages/new/package.json', 'packages/kit/deep/package.json'].includes(path);
    const paths = ['packages/kit/src/a.js', 'packages/kit/deep/b.ts', 'src/c.js', 'packages/kit/notes.md'].map((path) =>
      changed(path),
    );
    assert.deepEqual(manifestsAbove([...paths, changed('packages/new/new.js', 'added')], has), [
      KIT,
      'packages/kit/deep/package.json',
    ]);
    const own = packageOf('packages/kit/src/a.js', new Map([[KIT, '{"name": "@sums/kit"}']]));
    assert.deepEqual([own?.name, own?.folder], ['@sums/kit', 'packages/kit']);
    for (const text of ['', '{}', '{"name": 1}', '[]'])
      assert.equal(packageOf('packages/kit/src/a.js', new Map([[KIT, text]])), null, text);
    assert.ok(
      mayBeSupport([changed('packages/kit/src/a.js')], new Map([[KIT, '{"name": "@sums/kit"}']]))[0]?.needles.includes(
        '@sums/kit',
      ),
    );
  });

  const supports = (naming: Readonly<Record<string, string>>, text = SAME): boolean =>
    supportsTests(
      {
        path: 'packages/kit/src/same.js',
        text,
        own: packageOf('packages/kit/src/same.js', new Map([[KIT, '{"name": "@sums/kit"}']])),
      },
      Object.entries(naming).map(([path, each]) => ({ path, text: each })),
    );
  const TEST = { 'packages/sums/test/a.test.js': "import { same } from '@sums/kit';" };
  const INSIDE = { 'packages/kit/src/index.js': "export * from './same.js';", [KIT]: '{"name": "@sums/kit"}' };

  test('is laid over where it checks, nothing ships with it and only tests import it', () => {
    assert.equal(supports({ ...TEST, ...INSIDE }), true);
    assert.equal(supports({ ...TEST, ...INSIDE, 'package.json': '{"devDependencies": {"@sums/kit": "*"}}' }), true);
    assert.equal(
      supports({ 'packages/sums/test/a.test.js': "const { same } = require('@sums/kit/same')", ...INSIDE }),
      true,
    );
  });

  test('is the candidate’s own otherwise', () => {
    assert.equal(supports(INSIDE), false);
    assert.equal(
      supports({ ...TEST, ...INSIDE, 'packages/sums/src/a.js': "import { same } from '@sums/kit';" }),
      false,
    );
    for (const section of ['dependencies', 'peerDependencies', 'optionalDependencies'])
      assert.equal(
        supports({
          ...TEST,
          ...INSIDE,
          'packages/sums/package.json': JSON.stringify({ [section]: { '@sums/kit': '*' } }),
        }),
        false,
        section,
      );
    assert.equal(supports({ ...TEST, ...INSIDE, 'packages/sums/package.json': '{' }), false);
    assert.equal(
      supports({
        'packages/sums/test/a.test.js': "import { same } from '@sums/kit'; assert.throws(() => same(1, 2));",
        ...INSIDE,
      }),
      false,
    );
    assert.equal(
      supports({ 'packages/sums/test/a.test.js': "import { same } from '@sums/kit-more';", ...INSIDE }),
      false,
    );
    assert.equal(supports({ ...TEST, ...INSIDE }, 'export const add = (a, b) => a + b;'), false);
  });
});
