import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import stringWidth from 'string-width';
import { fit, width } from './width.ts';

test('widths are those of a terminal', () => {
  const known = {
    'plain text': 10,
    'naïve “…” → ✓ ✗ ▸ ·': 19,
    日本語: 6,
    'e\u0301': 1,
    '👩‍👩‍👧‍👦': 2,
    '🇫🇷': 2,
    '1️⃣': 2,
    한국: 4,
    '\u00ad\u200b': 0,
    ｱﾞ: 2,
  };
  for (const [text, columns] of Object.entries(known)) assert.equal(width(text), columns, text);
});

test('agrees with string-width on one column per character, and never says less on anything', () => {
  const latin = fc.string({ unit: fc.integer({ min: 0xa1, max: 0x2ff }).map((point) => String.fromCodePoint(point)) });
  fc.assert(fc.property(latin, (text) => assert.equal(width(text), stringWidth(text))));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) =>
      assert.ok(width(text) >= stringWidth(text), `${text}: ${width(text)} < ${stringWidth(text)}`),
    ),
  );
});

test('a text is cut between characters, never inside one', () => {
  assert.equal(fit('日本語', 4), '日…');
  assert.equal(fit('e\u0301e\u0301e\u0301', 2), 'e\u0301…');
  assert.equal(fit('👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3), '👩‍👩‍👧‍👦…');
  assert.equal(fit('abcd', 3), 'ab…');
  assert.equal(fit('ab d', 4), 'ab d');
  assert.equal(fit('ab de', 4), 'ab…');
  assert.equal(fit('abc', 0), '');
});

test('what is cut fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 30 }), (text, columns) =>
      assert.ok(stringWidth(fit(text, columns)) <= columns),
    ),
  );
});
