import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { isNamed } from './test-names.ts';

suite('the name of a test and its id in a report', () => {
  for (const [id, name] of [
    ['a.test.js > sums > adds', 'adds'],
    ['adds', 'adds'],
    ['com.example.SumsTest.adds()', 'adds'],
    ['tests/test_a.py::test_adds', 'test_adds'],
    ['tests/test_a.py::test_adds[2-3-5]', 'test_adds'],
    ['a.test.js > 2 and 3', '${a} and ${b}'],
    ['a.test.js > sums > adds 2 to 3', 'adds %i to %s'],
    ['a.test.js > is 5: yes', 'is $sum.total: yes'],
  ] as const)
    test(`${id} is ${name}`, () => assert.ok(isNamed(id, name)));

  for (const [id, name] of [
    ['a.test.js > readds', 'adds'],
    ['tests/test_a.py::test_adds_more[1]', 'test_adds'],
    ['tests/test_a.py::test_adds[1] > other', 'test_adds'],
    ['a.test.js > 2 and 3 more', '${a} and ${b} less'],
    ['a.test.js > and', 'x ${a}'],
  ] as const)
    test(`${id} is not ${name}`, () => assert.ok(!isNamed(id, name)));

  test('whatever stands in the place of a value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 ,]*$/), fc.stringMatching(/^[a-z0-9 ]*$/), (one, other) =>
        assert.ok(isNamed(`a.test.js > adds ${one} to ${other}.`, 'adds ${a} to %d.')),
      ),
    );
  });
});
