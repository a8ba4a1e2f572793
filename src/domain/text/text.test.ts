import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { clean, cleanLine } from './clean.ts';
import { redact } from './redact.ts';

const ESC = '\u001b';
/** Text full of what a terminal would act on. */
const noisy = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ESC,
        `${ESC}[`,
        `${ESC}]0;`,
        '\u0007',
        '\u009b',
        '\r',
        '\r\n',
        '\n',
        '\t',
        '\u202e',
        '\u2066',
        '\u061c',
        `${ESC}P`,
        `${ESC}\\`,
        '31m',
        '?25l',
      ),
    ),
  )
  .map((parts) => parts.join(''));
// oxlint-disable-next-line no-control-regex -- what must not be left
const LEFT = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

suite('clean', () => {
  test('leaves nothing that a terminal acts on but tab and newline', () => {
    fc.assert(fc.property(noisy, (text) => assert.ok(!LEFT.test(clean(text)))));
  });

  test('changes nothing the second time', () => {
    fc.assert(fc.property(noisy, (text) => assert.equal(clean(clean(text)), clean(text))));
  });

  test('leaves ordinary text as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => assert.equal(clean(text), text)));
    assert.equal(clean('naïve\t日本\n👍'), 'naïve\t日本\n👍');
  });

  test('takes whole sequences out, not only their beginning', () => {
    assert.equal(clean(`a${ESC}[31mb${ESC}[0mc`), 'abc');
    assert.equal(clean(`a${ESC}]8;;http://x\u0007b`), 'ab');
    assert.equal(clean(`a${ESC}]0;title${ESC}\\b`), 'ab');
    assert.equal(clean(`a${ESC}Pdata${ESC}\\b`), 'ab');
    assert.equal(clean(`a${ESC}[?25lb${ESC}(Bc`), 'abc');
    assert.equal(clean('a\u009b2Jb'), 'ab');
    assert.equal(clean('a\r\nb\rc'), 'a\nbc');
  });

  test('a line is one line, of at most its length', () => {
    fc.assert(
      fc.property(noisy, fc.integer({ min: 1, max: 40 }), (text, length) => {
        const line = cleanLine(text, length);
        assert.ok(!line.includes('\n') && line.length <= length);
      }),
    );
    assert.equal(cleanLine('  a\n\t b  '), 'a b');
    assert.equal(cleanLine('abcd', 4), 'abcd');
    assert.equal(cleanLine('abcde', 4), 'abc…');
    assert.equal(cleanLine('x'.repeat(201)).length, 200);
  });
});

suite('redact', () => {
  const values = fc.array(fc.string({ minLength: 8, maxLength: 20, unit: fc.constantFrom(...'uvwxyz0123') }), {
    maxLength: 4,
  });

  test('leaves none of the given values, wherever they stand', () => {
    fc.assert(
      fc.property(values, fc.array(fc.string({ unit: fc.constantFrom(...'uvwxyz0123 \n') })), (secrets, between) => {
        const text = between
          .map((part, index) => `${part} ${secrets[index % Math.max(1, secrets.length)] ?? ''} `)
          .join('');
        const masked = redact(text, secrets);
        for (const secret of secrets) assert.ok(!masked.includes(secret));
      }),
    );
  });

  test('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), values, (text, secrets) =>
        assert.equal(redact(redact(text, secrets), secrets), redact(text, secrets)),
      ),
    );
  });

  test('masks the longer value first, and no value shorter than 8', () => {
    assert.equal(redact('x hunter2hunter2 y', ['hunter2hu', 'hunter2hunter2']), 'x [redacted] y');
    assert.equal(redact('secret7 secret78', ['secret7', 'secret78']), 'secret7 [redacted]');
  });

  const SHAPES = [
    `sk-${'a1B2'.repeat(5)}`,
    `pk-${'a'.repeat(16)}`,
    `ghp_${'A1'.repeat(15)}`,
    `github_pat_${'a_1'.repeat(8)}`,
    `xoxb-${'1a-'.repeat(6)}`,
    `AKIA${'A1B2'.repeat(4)}`,
    `AIza${'a_B-'.repeat(9)}`,
    `npm_${'aB1'.repeat(12)}`,
    `eyJ${'a'.repeat(12)}.${'b'.repeat(12)}.${'c'.repeat(8)}`,
    '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\ndef\n-----END OPENSSH PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\ncut off',
  ];
  for (const secret of SHAPES)
    test(`knows ${secret.slice(0, 14)}…`, () => assert.equal(redact(`a ${secret}`, []), 'a [redacted]'));

  test('leaves words alone that only begin like one', () => {
    for (const text of ['sk-short', 'task-based-planning-is-fine', 'npm_config', 'AKIA', 'eyJust.a.word', 'a sk-'])
      assert.equal(redact(text, []), text);
  });
});
