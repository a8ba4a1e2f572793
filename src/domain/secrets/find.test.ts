import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { HARMLESS, letters, SECRETS } from '../testing/secret-corpus.ts';
import { maskPieces } from '../text/pieces.ts';
import { redact } from '../text/redact.ts';
import { findSecrets, lineAt } from './find.ts';

suite('findSecrets', () => {
  for (const [name, secret] of Object.entries(SECRETS))
    test(`finds a ${name}, wherever it stands, and output loses it`, () => {
      for (const text of [
        secret,
        `key = "${secret}"\n`,
        `a: '${secret}',`,
        `NAME=${secret}\nOTHER=1`,
        `first\nsecond ${secret} x`,
      ]) {
        const found = findSecrets(text);
        assert.equal(found.length, 1, text);
        assert.equal(text.slice(found[0]?.at).startsWith(found[0]?.value ?? '?'), true);
        for (const piece of secret.split('\n').filter((line) => line.length > 30 && !line.includes('-----')))
          assert.ok(!redact(text, []).includes(piece.slice(-24)), text);
      }
    });

  for (const [name, text] of Object.entries(HARMLESS))
    test(`leaves a ${name} alone`, () => assert.deepEqual(findSecrets(text), []));

  test('names every one of several, in order', () => {
    const [a = '', b = ''] = [SECRETS['npm token'], SECRETS['GitHub token']];
    assert.deepEqual(
      findSecrets(`${a}\n${b}\n${a}`).map(({ kind, at }) => [kind, at]),
      [
        ['npm token', 0],
        ['GitHub token', a.length + 1],
        ['npm token', a.length + b.length + 2],
      ],
    );
  });

  test('is total on any text, and finds nothing in words and hashes', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...Object.values(SECRETS), 'sk-', '-----BEGIN ', '\n'),
      fc.nat(99).map((seed) => letters(40, undefined, seed)),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (all) => {
        const text = all.join(' ');
        for (const { value, at } of findSecrets(text)) assert.equal(text.slice(at, at + value.length), value);
      }),
    );
  });

  test('lines are counted from 1', () => {
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((at) => lineAt('a\nb\nc', at)),
      [1, 1, 2, 2, 3],
    );
  });
});

test('a secret after an escape of JSON or a colour is one too, in a candidate and in output', () => {
  const token = SECRETS['GitHub token'] ?? '';
  for (const before of ['\\n', '\\t', '\\r\\n', '\\u001b[31m', '\u001b[1;31m', '\\u000a', '"', ' ', '']) {
    const text = `TZ=UTC${before === '' ? ' ' : before}${token}`;
    assert.deepEqual(
      findSecrets(text).map(({ value }) => value),
      [token],
      JSON.stringify(before),
    );
    assert.ok(!redact(text, []).includes(token), JSON.stringify(before));
    for (let cut = 1; cut < text.length; cut++) {
      const pieces = maskPieces((part) => redact(part, []), []);
      assert.ok(
        !(pieces.push(text.slice(0, cut)) + pieces.push(text.slice(cut)) + pieces.end()).includes(token),
        `${JSON.stringify(before)} cut at ${cut}`,
      );
    }
  }
  assert.deepEqual(findSecrets(`nn${token}`), [], 'a longer word is none');
});
