import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { commandIn, headOf, masked, nameOf, parseCapture } from './command.ts';

suite('a command that is compared', () => {
  const READ: readonly (readonly [string, ReturnType<typeof parseCapture>])[] = [
    ['./a --x', { run: './a --x' }],
    [' ./a  =>  ./b ', { run: './a', becomes: './b' }],
    ['a=>b', { run: 'a=>b' }],
    ['a => b => c', null],
    ['a => ', null],
    [' => b', null],
    ['', null],
    ['  ', null],
  ];
  for (const [text, read] of READ) test(`of '${text}'`, () => assert.deepEqual(parseCapture(text), read));

  test('is another at the end where it says so', () => {
    const same = { criterion: 'c', run: 'a' };
    const other = { ...same, becomes: 'b' };
    assert.deepEqual([commandIn(same, true), commandIn(same, false)], ['a', 'a']);
    assert.deepEqual([commandIn(other, true), commandIn(other, false)], ['a', 'b']);
    assert.deepEqual([nameOf(same), nameOf(other)], ['`a`', '`a` (at the end `b`)']);
  });
});

suite('what is masked', () => {
  test('is masked in each line, wherever it is, and lines stay apart', () => {
    assert.equal(masked('at 12 and 13\nend 14', [String.raw`\d+`]), 'at [masked] and [masked]\nend [masked]');
    assert.equal(masked('a1\nb2', ['a', '2']), '[masked]1\nb[masked]');
    assert.equal(masked('a\nb', ['a\nb']), 'a\nb', 'a pattern sees one line');
  });
  test('property: a pattern that is none masks nothing', () =>
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.equal(masked(text), text);
        assert.equal(masked(text, ['(', '[']), text);
      }),
    ));
});

test('the log keeps the first 400 characters, whatever the bytes are', () => {
  assert.equal(headOf(new TextEncoder().encode('é'.repeat(500))), 'é'.repeat(400));
  assert.equal(headOf(new Uint8Array([0xff, 0x61])), '\ufffda');
});
