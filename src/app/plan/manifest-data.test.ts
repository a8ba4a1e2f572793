import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifestData } from './manifest-data.ts';

test('manifests in JSON and TOML are read, and nothing comes of others and of those that are broken', () => {
  const data = manifestData(
    new Map([
      ['package.json', '{"bin":"a.js"}'],
      ['Cargo.toml', '[package]\nname = "tool"\n'],
      ['pyproject.toml', '['],
      ['go.mod', 'module x\n'],
    ]),
  );
  assert.deepEqual(data('package.json'), { bin: 'a.js' });
  assert.deepEqual(JSON.stringify(data('Cargo.toml')), '{"package":{"name":"tool"}}');
  assert.deepEqual(['pyproject.toml', 'go.mod', 'gone.json'].map(data), [null, null, null]);
});
