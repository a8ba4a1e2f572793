import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { SECRETS } from '../testing/secret-corpus.ts';
import { keyLines } from './key-lines.ts';
import { maskPieces } from './pieces.ts';
import { redact } from './redact.ts';
import { standingIn, withWords } from './standing.ts';

const KNOWN = ['correct horse battery', 'hunter2hu', 'hunter2hunter2'];
const mask = (text: string): string => redact(text, KNOWN);
const shownOf = (pieces: readonly string[]): string => {
  const masked = maskPieces(mask, KNOWN);
  return pieces.map((piece) => masked.push(piece)).join('') + masked.end();
};

const secret = fc.constantFrom(...Object.values(SECRETS), ...KNOWN);
const texts = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: secret },
      {
        weight: 1,
        arbitrary: fc.constantFrom('Writes ', 's', 'sk', ' ghp', '\n', '"', 'x', '-----BEGIN', ' plain words '),
      },
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(' '));

suite('maskPieces', () => {
  test('a text cut anywhere is masked as the whole would be', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(400), { maxLength: 12 }), (text, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length].sort((a, b) => a - b);
        const pieces = at.slice(1).map((to, index) => text.slice(at[index] ?? 0, to));
        assert.equal(pieces.join(''), text);
        assert.equal(shownOf(pieces), mask(text));
      }),
      { numRuns: 300 },
    );
  });

  test('nor are paths of a machine that are cut anywhere seen', () => {
    const places = standingIn([
      ['/home/me', '~'],
      ['/home/me/a project', '{repository}'],
    ]);
    const whole = 'in /home/me/a project/src, /home/me. and /home/me.old';
    const words = (text: string): string => withWords(mask(text), places);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      const pieces = maskPieces(words, KNOWN, places);
      const shown = pieces.push(whole.slice(0, cut)) + pieces.push(whole.slice(cut)) + pieces.end();
      assert.equal(shown, 'in {repository}/src, ~. and /home/me.old', `cut at ${cut}`);
    }
  });

  for (const [name, value] of Object.entries(SECRETS))
    test(`a ${name} that comes letter by letter`, () =>
      assert.equal(shownOf([...`a ${value} b`]), mask(`a ${value} b`)));

  test('ordinary text is not held back', () => {
    const masked = maskPieces(mask, KNOWN);
    for (const piece of ['Hello', ' world', ', it wri', 'tes.', '\n']) assert.equal(masked.push(piece), piece);
    assert.equal(masked.end(), '');
  });

  test('what never ends is not held without end', () => {
    const masked = maskPieces(mask, KNOWN);
    assert.equal(masked.push(`sk-${'a'.repeat(20_000)}`), '[redacted]');
    masked.push('-----BEGIN PRIVATE KEY-----\n');
    for (let n = 0; n < 40; n++) assert.equal(masked.push('k'.repeat(1000)), '');
    assert.equal(masked.end(), '[redacted]');
  });
});

suite('keyLines', () => {
  test('leaves out the lines of a key after its first', () => {
    const lines = ['before', ...(SECRETS['RSA key'] ?? '').split('\n'), 'after'];
    const key = keyLines();
    assert.deepEqual(lines.map(key), ['before', '[redacted]', ...Array<null>(5).fill(null), 'after']);
  });

  test('a first line alone hides no more than a key is long', () => {
    const key = keyLines();
    key('-----BEGIN EC PRIVATE KEY-----');
    assert.equal(Array.from({ length: 500 }, () => key('x')).filter((line) => line === 'x').length, 100);
  });
});
