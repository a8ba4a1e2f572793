import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { durationMs, splitWords } from './words.ts';

test('words are cut as a shell cuts them', () => {
  assert.deepEqual(splitWords(`  node  "a b.js" --x='1 "2"' c\\ d "" "\\$\\n"`), ['node', 'a b.js', '--x=1 "2"', 'c d', '', '$\\n']);
  for (const broken of ['', '  ', '"a', "a 'b", 'a\\', '"" x']) assert.equal(splitWords(broken), null, broken);
});

test('whatever the words, single quotes carry them', () => {
  const word = fc.string().filter((text) => !text.includes("'"));
  fc.assert(
    fc.property(fc.tuple(word.filter((text) => text !== ''), fc.array(word)), ([first, rest]) => {
      const words = [first, ...rest];
      assert.deepEqual(splitWords(words.map((text) => `'${text}'`).join(' ')), words);
    }),
  );
});

test('durations are positive and at most a day', () => {
  assert.equal(durationMs('250ms'), 250);
  assert.equal(durationMs('1.5h'), 5_400_000);
  for (const text of ['', '30', '30 m', '-1m', '0s', '25h', '1m x', 'm']) assert.equal(durationMs(text), null, text);
});
