import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { testsOf } from '../testing/fixture.ts';
import { collector, relativeTo } from './outcomes.ts';

test('a repeated id is numbered, also beside a test that is really called so', () => {
  const tests = collector();
  for (const id of ['x #2', 'x', 'x', 'x']) tests.add(id, 'passed');
  assert.deepEqual(testsOf(tests.result()).passed, ['x', 'x #2', 'x #3', 'x #4']);
});

test('property: as many ids as were added, each once', () => {
  const outcome = fc.constantFrom('passed', 'failed', 'skipped');
  const name = fc.oneof(fc.constantFrom('x', 'x #2', 'x #3', 'y'), fc.string());
  fc.assert(
    fc.property(fc.array(fc.tuple(name, outcome)), (added) => {
      const tests = collector();
      for (const [id, result] of added) tests.add(id, result);
      const { passed, failed, skipped } = testsOf(tests.result());
      const ids = [...passed, ...failed, ...skipped];
      assert.equal(ids.length, added.length);
      assert.equal(new Set(ids).size, ids.length);
    }),
  );
});

test('a path is relative to the checkout where it lies inside', () => {
  assert.equal(relativeTo('/omk/checkout', '/omk/checkout/a/b.js'), 'a/b.js');
  assert.equal(relativeTo('/omk/checkout', 'file:///omk/checkout/a.js'), 'a.js');
  assert.equal(relativeTo('/omk/checkout', '/omk/checkout2/a.js'), '/omk/checkout2/a.js');
});
