import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preloadedBy } from './preloads.ts';

test('files that scripts load before tests are the runner’s', () => {
  const is = preloadedBy([
    {
      path: 'package.json',
      text: JSON.stringify({
        scripts: { test: 'node --import ./register.mjs --test', lint: "eslint -c 'lint/own.js' src" },
      }),
    },
  ]);
  assert.deepEqual(['register.mjs', 'lint/own.js', 'src/index.js'].map(is), [true, true, false]);
});

test('what prettier checks is not what it is configured with', () => {
  const lint = 'eslint -c own.mjs . && prettier -c src test && prettier src -c lib && prettier --config set.mjs x';
  const is = preloadedBy([{ path: 'package.json', text: JSON.stringify({ scripts: { lint } }) }]);
  assert.deepEqual(['src/index.ts', 'lib/index.ts', 'own.mjs', 'set.mjs'].map(is), [false, false, true, true]);
});

test('what a package offers is not what its runner loads, whatever the conditions are called', () => {
  const offers = { exports: { '.': { import: './index.mjs', require: './index.js' } }, main: 'index.js' };
  const is = preloadedBy([
    { path: 'package.json', text: JSON.stringify({ ...offers, ava: { require: ['./setup.js'] } }) },
  ]);
  assert.deepEqual(['index.mjs', 'index.js', 'setup.js'].map(is), [false, false, true]);
});

test('what a makefile includes is the runner’s, also where it is not there yet', () => {
  const text = '-include local.make ./ci/more.make # own.make\n\tinclude no.make\ntest:\n\tmkdir -p build\n';
  const is = preloadedBy([{ path: 'Makefile', text }]);
  assert.deepEqual(['local.make', 'ci/more.make', 'own.make', 'no.make', 'build/__init__.py'].map(is), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('what jest transforms code with is the runner’s', () => {
  for (const text of [
    'module.exports = { transform: { "\\.js$": "./build/transform.cjs" } }',
    'export default {\n  transform: {\n    "\\.js$": ["<rootDir>/build/transform.cjs", {}],\n  },\n};',
  ])
    assert.ok(preloadedBy([{ path: 'jest.config.js', text }])('build/transform.cjs'), text);
});

test('code that settings of JavaScript runners name is the runner’s, in whatever form they are written', () => {
  for (const [path, text] of [
    [
      'jest.config.js',
      "module.exports = {\n  setupFilesAfterEnv: ['<rootDir>/config/polyfills.js', 'jest-extended/all'],\n};",
    ],
    ['jest.config.ts', "export default { globalSetup: './config/polyfills' };"],
    ['package.json', '{ "jest": { "setupFiles": ["./config/polyfills.js"] } }'],
    ['package.json', '{ "ava": { "require": ["./config/polyfills.js"] } }'],
    ['.mocharc.yml', 'spec: test\nrequire:\n  - ts-node/register\n  - ./config/polyfills.js\n'],
    ['.mocharc.json', '{ "require": "config/polyfills.js" }'],
    ['.taprc', 'before: ./config/polyfills.js\n'],
    [
      'playwright.config.ts',
      "export default defineConfig({\n  globalSetup: require.resolve('./config/polyfills'),\n});",
    ],
    ['vitest.config.ts', "export default { test: { setupFiles: './config/polyfills.ts' } };"],
  ] as const) {
    const is = preloadedBy([{ path, text }]);
    assert.ok(is('config/polyfills.js') || is('config/polyfills.ts'), `${path}: ${text}`);
    assert.deepEqual(
      ['src/index.js', 'polyfills.js', 'jest-extended/all.js', 'ts-node/register.js'].filter(is),
      [],
      path,
    );
  }
});

test('what settings say of the code under test is not the runner’s', () => {
  const text =
    "export default { build: { lib: { entry: './src/index.ts' } }, test: { include: " +
    "['src/**/*.test.ts'], coverage: { include: ['src/index.ts'] } } };";
  assert.equal(preloadedBy([{ path: 'vite.config.ts', text }])('src/index.ts'), false);
});

test('settings that cannot be read name nothing', () => {
  assert.equal(preloadedBy([{ path: 'package.json', text: '{' }])('a.js'), false);
  assert.equal(preloadedBy([])('a.js'), false);
});
