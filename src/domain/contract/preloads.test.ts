import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preloadedBy } from './preloads.ts';

test('files that scripts load before tests are the runner’s', () => {
  const is = preloadedBy([{ path: 'package.json', text: JSON.stringify({ scripts: { test: 'node --import ./register.mjs --test', lint: "eslint -c 'lint/own.js' src" } }) }]);
  assert.deepEqual(['register.mjs', 'lint/own.js', 'src/index.js'].map(is), [true, true, false]);
});

test('plugins that pytest is told to load are the runner’s', () => {
  for (const [path, text] of [
    ['pytest.ini', '[pytest]\naddopts = -q -p plug\n'],
    ['pyproject.toml', '[tool.pytest.ini_options]\naddopts = ["-p", "plug"]\n'],
    ['setup.cfg', '[tool:pytest]\naddopts = -p=plug\n'],
  ] as const) {
    const is = preloadedBy([{ path, text }]);
    assert.deepEqual(['plug.py', 'src/plug/__init__.py', 'plugin.py'].map(is), [true, true, false], path);
  }
});

test('settings that cannot be read name nothing', () => {
  assert.equal(preloadedBy([{ path: 'package.json', text: '{' }])('a.js'), false);
  assert.equal(preloadedBy([])('a.js'), false);
});
