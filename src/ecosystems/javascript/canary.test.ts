import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINDS_LOOKS } from '../../world/gates/canary/port.ts';
import { analyse } from '../../world/gates/command/analyse.ts';
import type { ReaderName } from '../../domain/gates/reader-names.ts';
import { canaryMaker } from '../../world/gates/canary/all.ts';
import { unchecked } from './canary.ts';
import { nameFrom, namesFrom } from '../../world/gates/canary/names.ts';

const plant = (reader: ReaderName, path: string, content: string): string | null => {
  const maker = canaryMaker(reader);
  return maker?.plant(path, content, namesFrom(maker.style, nameFrom(maker.style, '00ff'))) ?? null;
};

test('only files of the runner itself carry a canary', () => {
  for (const [reader, content] of [
    ['jest', `test('a', () => {})`],
    ['jest', `import { it } from '@jest/globals';\nit('a', () => {})`],
    ['mocha', `describe('a', function () { it('b', () => {}) })`],
    ['ava', `const test = require('ava')`],
    ['playwright', `import { test } from '../../world/gates/canary/fixtures';\ntest('a', async () => {})`],
    ['tap', `const t = require('tap')`],
  ] as const)
    assert.notEqual(plant(reader, 'test/a.test.js', content), null, content);
  for (const [reader, content] of [
    ['jest', `module.exports = { helper: 1 }`],
    ['jest', `import { test } from '@playwright/test';\ntest('a', () => {})`],
    ['jest', `import { test } from 'vitest';\ntest('a', () => {})`],
    ['mocha', `const { test } = require('node:test');\ntest('a', () => {})`],
    ['mocha', `export const users = []`],
    ['ava', `export const users = []`],
    ['playwright', `export const users = []`],
    ['tap', `it('a', () => {})`],
  ] as const)
    assert.equal(plant(reader, 'test/a.test.js', content), null, content);
});

test('a file that runs only some of its tests, or none after a failure, carries none', () => {
  for (const reader of ['jest', 'mocha', 'vitest'] as const)
    for (const only of [
      `it.only('a', () => {})`,
      `describe.only('a', () => { it('b', () => {}) })`,
      `test.each([1]);\ntest.concurrent.only('a', () => {})`,
    ])
      assert.equal(plant(reader, 'a.test.js', only), null, only);
  assert.equal(plant('jest', 'a.test.js', `fit('a', () => {})`), null);
  assert.equal(plant('ava', 'a.test.js', `import test from 'ava';\ntest.serial.only('a', (t) => t.pass())`), null);
  assert.equal(
    plant(
      'playwright',
      'a.spec.js',
      `import { test } from '@playwright/test';\ntest.describe.configure({ mode: 'serial' });`,
    ),
    null,
  );
  assert.equal(
    plant('playwright', 'a.spec.js', `import { test } from '@playwright/test';\ntest.describe.serial('a', () => {});`),
    null,
  );
});

test('what the first comment of a file tells its runner stays first', () => {
  const lead = '/* eslint-disable */\n// @ts-nocheck\n';
  const docblock = '/**\n * @jest-environment jsdom\n */\n';
  assert.equal(unchecked(`${docblock}x`), `${docblock}${lead}x`);
  assert.equal(unchecked(`#!/usr/bin/env node\n${docblock}x`), `#!/usr/bin/env node\n${docblock}${lead}x`);
  assert.equal(unchecked('x /* y */'), `${lead}x /* y */`);
  assert.equal(unchecked('/* y'), `${lead}/* y`);
});

test('files that runners take for tests', () => {
  const jest = canaryMaker('jest')?.candidates([
    'src/a.test.tsx',
    'src/a.ts',
    'src/__tests__/b.js',
    'test/c.js',
    'spec/d.spec.mjs',
    'types/test.d.ts',
    'test/data.json',
    'latest/e.js',
    'node_modules/x/a.test.js',
  ]);
  assert.deepEqual(jest, ['spec/d.spec.mjs', 'src/__tests__/b.js', 'src/a.test.tsx', 'test/c.js']);
  assert.deepEqual(canaryMaker('playwright')?.candidates(['e2e/a.spec.ts', 'e2e/auth.setup.ts']), ['e2e/a.spec.ts']);
});

test('options with which not every canary would be run', () => {
  const refused = (reader: ReaderName, args: string): readonly string[] =>
    args.split(' ').filter((arg) => !canaryMaker(reader)?.filters.test(arg));
  assert.deepEqual(
    refused('jest', '-t --testNamePattern=x --shard=1/2 --onlyChanged -o --bail --findRelatedTests'),
    [],
  );
  assert.deepEqual(refused('mocha', '-g --grep=x -f --invert'), []);
  assert.deepEqual(refused('ava', '--match=x -m'), []);
  assert.deepEqual(refused('playwright', '-g --grep=x --shard=1/2 -x --max-failures=1 --last-failed'), []);
  assert.deepEqual(refused('tap', '-O --only -g --grep=x --bail'), []);
  assert.deepEqual(refused('jest', '--ci --coverage src'), ['--ci', '--coverage', 'src']);
  assert.deepEqual(refused('mocha', '--recursive -r --bail -b'), ['--recursive', '-r', '--bail', '-b']);
});

test('a linter that a script leads to, and that would refuse a canary for its look, is among what runs beside the tests', () => {
  const scripts = { pretest: 'npm run --silent lint', lint: 'eslint .', postlint: 'eclint check $(git ls-files)' };
  const beside = (more: Record<string, string>): readonly string[] =>
    (analyse(['npm', 'test'], { scripts: { ...more, test: 'tape test' } })?.beside ?? []).filter((each) =>
      MINDS_LOOKS.test(each),
    );
  assert.match(beside(scripts).join(), /^eclint check/);
  assert.deepEqual(beside({ pretest: 'eslint .' }), []);
});
