import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { utf8 } from '../format/bytes.ts';
import { testSigner, trust } from '../testing/signer.ts';
import { signCassette } from '../write/cassette.ts';
import { checkCassette, notAsStated } from './cassette.ts';

const SIGNER = testSigner(1);
const CASSETTE = { goal: 'g-1', checkpoint: utf8('a checkpoint'), runs: ['one\n', 'two\n'] };
const TRUSTED = [trust(SIGNER)];
const SIGNED = signCassette(CASSETTE, SIGNER);

describe('the cassette in a bundle', () => {
  test('is the signed one, or one that nobody signed', () => {
    assert.deepEqual(checkCassette(SIGNED, CASSETTE, TRUSTED), { kind: 'signed' });
    assert.deepEqual(checkCassette(null, CASSETTE, TRUSTED), { kind: 'not_signed' });
  });

  test('is named where it was edited, shortened, or taken from another proof or goal', () => {
    for (const [other, name] of [
      [{ runs: ['one\n', 'other\n'] }, '2.tape'],
      [{ runs: ['one\n'] }, 'its list of executions'],
      [{ runs: ['one\n', 'two\n', 'three\n'] }, '3.tape'],
      [{ checkpoint: utf8('another') }, 'checkpoint'],
      [{ goal: 'g-2' }, 'its list of executions'],
    ] as const)
      assert.deepEqual(checkCassette(SIGNED, { ...CASSETTE, ...other }, TRUSTED), {
        kind: 'broken',
        why: `${name} is not the one that was signed`,
      });
  });

  test('is compared with its statement whoever signed it', () => {
    assert.equal(notAsStated(SIGNED, CASSETTE), null);
    assert.equal(notAsStated(null, CASSETTE), null);
    assert.equal(
      notAsStated(SIGNED, { ...CASSETTE, runs: ['one\n'] }),
      'its list of executions is not the one that was signed',
    );
    assert.match(notAsStated(utf8('{}'), CASSETTE) ?? '', /cannot be read/);
  });

  test('is refused where the statement is of a key that is not trusted, or is no statement', () => {
    const refused = (envelope: Uint8Array, trusted = TRUSTED): string => {
      const seal = checkCassette(envelope, CASSETTE, trusted);
      return seal.kind === 'broken' ? seal.why : seal.kind;
    };
    assert.match(refused(SIGNED, []), /which is not among the 0 trusted keys/);
    assert.match(refused(utf8('{}')), /cannot be read/);
    const text = new TextDecoder().decode(SIGNED);
    const edited = text.replace(/"sig":"./, (found) => found.slice(0, -1) + (found.endsWith('A') ? 'B' : 'A'));
    assert.match(refused(utf8(edited)), /the signature does not belong to its statement/);
  });
});
