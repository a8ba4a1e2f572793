import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { asksToSkip, namesIn, skipsOthers } from './skips.ts';

suite('skips that the text of the base explains', () => {
  test('names of a test, as runners write its id', () => {
    const last: readonly (readonly [string, string])[] = [
      ['test_mul.py::TestMul::test_zero[0-3]', 'test_zero'],
      ['test/mul.test.js > mul > is zero #2', 'is zero'],
      ['calc > calc.MulTest > zero(int)[1]', 'zero'],
      ['calc/pkg > TestMul/zero', 'TestMul'],
      ['crate/lib::tests::zero', 'zero'],
      ['Mul.Zero', 'Zero'],
    ];
    for (const [id, name] of last) assert.ok(namesIn(id).includes(name), `${id}: ${namesIn(id).join(', ')}`);
  });

  const one = { id: 'mul > zero', body: 'expect(mul(0, 3)).toBe(0)', marks: [], assertions: [], cases: null };

  test('a text without such a word explains none', () => {
    assert.equal(asksToSkip(['zero'], 'test("zero", () => {})', null), false);
    assert.equal(asksToSkip(['zero'], "require 'minitest/autorun'\ndef test_zero; end", null), false);
    assert.equal(asksToSkip(['zero'], 'test("zero", () => {}); it.skip("one")', null), true);
  });

  test('where tests can be told apart, the skip of another one explains nothing', () => {
    const other = { ...one, id: 'mul > one', marks: ['skipped' as const] };
    const text = 'it.skip("one")';
    assert.equal(asksToSkip(['zero'], text, { tests: [one, other], rest: '' }), false);
    assert.equal(asksToSkip(['one'], text, { tests: [one, other], rest: '' }), true);
    assert.equal(asksToSkip(['zero'], text, { tests: [one], rest: 'beforeEach((c) => c.skip())' }), true);
  });

  test('a helper that calls a skip can skip others', () => {
    assert.equal(skipsOthers('def db():\n    pytest.skip("none")'), true);
    assert.equal(skipsOthers('def db():\n    return 1'), false);
  });
});
