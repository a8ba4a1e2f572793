import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { splitWords } from './words.ts';

test('words are cut as a shell cuts them', () => {
  assert.deepEqual(splitWords(`  node  "a b.js" --x='1 "2"' c\\ d "" "\\$\\n"`), [
    'node',
    'a b.js',
    '--x=1 "2"',
    'c d',
    '',
    '$\\n',
  ]);
  for (const broken of ['', '  ', '"a', "a 'b", 'a\\', '"" x']) assert.equal(splitWords(broken), null, broken);
});

test('whatever the words, single quotes carry them', () => {
  const word = fc.string().filter((text) => !text.includes("'"));
  fc.assert(
    fc.property(
      fc.tuple(
        word.filter((text) => text !== ''),
        fc.array(word),
      ),
      ([first, rest]) => {
        const words = [first, ...rest];
        assert.deepEqual(splitWords(words.map((text) => `'${text}'`).join(' ')), words);
      },
    ),
  );
});
