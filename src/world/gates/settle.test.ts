import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkGate } from './check.ts';
import { fakeVault } from './testing/fake-vault.ts';
import { treeFiles } from './tree-files.ts';

const readerFor = async (test: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
  const base = {
    'package.json': JSON.stringify({ scripts: { test, ...more } }),
    'tests.js': `require('node:test')`,
    'other.js': '',
  };
  return (await checkGate('npm test', 'check-1', treeFiles(fakeVault({ base }), 'base'))).reader;
};

test('a runner is read wherever it can be told to report', async () => {
  assert.equal(await readerFor('jest'), 'jest');
  assert.equal(await readerFor('jest && eslint .'), 'jest');
  assert.equal(await readerFor('jest a && jest b'), 'jest');
  assert.equal(await readerFor('npm run unit', { unit: 'mocha' }), 'mocha');
  assert.equal(await readerFor('nyc ava'), 'ava');
  assert.equal(await readerFor('playwright test && true'), 'playwright');
  assert.equal(await readerFor('node tests.js'), 'node-test');
});

test('scripts that it starts behind a package script are known, programs and tests by their runner are not', async () => {
  const startsOf = async (test: string, more = ''): Promise<unknown> => {
    const base = {
      'package.json': JSON.stringify({
        scripts: { test, build: 'node ./scripts/build.js --all', pretest: 'sh gen.sh' },
      }),
      'scripts/build.js': more,
      'src/build.js': '',
      'scripts/lib/report.js': `require('../build.js')`,
      'gen.sh': '',
    };
    return (await checkGate('npm test', 'check-1', treeFiles(fakeVault({ base }), 'base'))).starts;
  };
  assert.deepEqual(await startsOf('npm run build && node --test'), ['gen.sh', 'scripts/build.js']);
  const closure = await startsOf(
    'node scripts/build.js',
    `import './lib/report'; import './gone'; import '../src/build.js';`,
  );
  assert.deepEqual(closure, ['gen.sh', 'scripts/build.js', 'scripts/lib/report.js']);
  assert.deepEqual(await startsOf('echo scripts/build.js; node --test'), ['gen.sh']);
  assert.deepEqual(await startsOf('npx cross-env A=1 node scripts/build.js && node scripts/gone.js'), [
    'gen.sh',
    'scripts/build.js',
  ]);
});

test('it is judged by exit code only where it cannot be told', async () => {
  assert.equal(await readerFor('node other.js'), 'exit_only');
  // Arguments still get through here, and nowhere below.
  assert.equal(await readerFor('NODE_OPTIONS=--experimental-vm-modules jest'), 'jest');
  assert.equal(await readerFor('NODE_OPTIONS=--experimental-vm-modules jest && eslint .'), 'exit_only');
  assert.equal(await readerFor('NODE_OPTIONS="$NODE_OPTIONS --experimental-vm-modules" jest && eslint .'), 'jest');
  assert.equal(await readerFor('cross-env NODE_OPTIONS=--no-warnings ava'), 'exit_only');
  assert.equal(await readerFor('NODE_OPTIONS=--no-warnings node --test'), 'exit_only');
  assert.equal(await readerFor('go test ./...'), 'exit_only');
  assert.equal(await readerFor('run-p unit other', { unit: 'jest a', other: 'jest b' }), 'exit_only');
});
