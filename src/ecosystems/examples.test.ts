import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classify, isTestCode } from '../domain/contract/classify.ts';
import { isToolCache } from '../domain/contract/tool-caches.ts';
import { RULES } from './rules.ts';

for (const [name, rules] of Object.entries(RULES)) {
  const { examples, tests, runnerFiles, installSettings, toolCaches } = rules;

  test(`${name}: each example is what its list says`, () => {
    for (const path of examples.tests) assert.equal(classify(path), 'test', path);
    for (const path of examples.runner) assert.equal(classify(path), 'runner', path);
    for (const path of examples.cache) assert.ok(isToolCache(path), path);
    for (const path of examples.source) {
      assert.equal(classify(path), 'source', path);
      assert.ok(!isTestCode(path) && !isToolCache(path), path);
    }
  });

  test(`${name}: each pattern has an example`, () => {
    const tables = [
      [tests, examples.tests],
      [[...runnerFiles, ...installSettings], examples.runner],
      [toolCaches, examples.cache],
    ] as const;
    for (const [patterns, paths] of tables)
      for (const pattern of patterns)
        assert.ok(
          paths.some((path) => pattern.test(path)),
          `missing: an example for ${pattern}`,
        );
  });
}
