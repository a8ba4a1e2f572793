import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import { testSigner } from '../testing/signer.ts';
import { fromBase64, sha256, utf8 } from './bytes.ts';
import { decodeCheckpoint, encodeCheckpoint, noteKeyId } from './checkpoint.ts';
import { decodeEnvelope, encodeEnvelope } from './envelope.ts';
import { merkleRoot } from './merkle.ts';
import { isPlainName } from './names.ts';
import { pae } from './pae.ts';
import { isKeyId } from './ssh-key.ts';
import { decodeSshsig, encodeSshsig } from './ssh-sig.ts';

const KEY = testSigner(1).publicKey;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const RUNS = { numRuns: 100, seed: 1 };

test('the pre-authentication encoding is that of the DSSE specification', () => {
  const encoded = pae('http://example.com/HelloWorld', utf8('hello world'));
  assert.equal(Buffer.from(encoded).toString(), 'DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  assert.equal(Buffer.from(pae('é', utf8('ü'))).toString(), 'DSSEv1 2 é 2 ü');
});

test('Merkle roots are those of the Certificate Transparency test vectors', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((text) => Buffer.from(text, 'hex'));
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  for (const [size, root] of roots.entries()) assert.equal(hex(merkleRoot(leaves.slice(0, size))), root);
});

test('Merkle roots are split at the largest power of two, for any number of leaves', () => {
  const recursive = (leaves: readonly Uint8Array[]): Uint8Array => {
    const [first] = leaves;
    if (!first) return sha256('');
    if (leaves.length === 1) return sha256(Buffer.concat([Buffer.of(0), first]));
    const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
    return sha256(Buffer.concat([Buffer.of(1), recursive(leaves.slice(0, split)), recursive(leaves.slice(split))]));
  };
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 4 }), { maxLength: 70 }),
      (leaves) => hex(merkleRoot(leaves)) === hex(recursive(leaves)),
    ),
    RUNS,
  );
});

test('envelopes, checkpoints and SSH signatures read back as written', () => {
  const sig = fc.uint8Array({ minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(fc.uint8Array(), sig, fc.nat(), (payload, signature, size) => {
      const envelope = { payload: Buffer.from(payload), keyid: KEY.keyid, sig: Buffer.from(signature) };
      assert.deepEqual(decodeEnvelope(encodeEnvelope(envelope)), { kind: 'envelope', envelope });
      const note = {
        origin: 'omk.dev/log/a/b',
        size,
        root: sha256(payload),
        noteKeyId: noteKeyId('omk.dev/log/a/b', KEY),
        signature: Buffer.from(signature),
      };
      const read = decodeCheckpoint(utf8(encodeCheckpoint(note)));
      assert.ok(read);
      assert.equal(encodeCheckpoint(read), encodeCheckpoint(note));
      const armoured = decodeSshsig(encodeSshsig(KEY.raw, signature));
      assert.equal(hex(armoured?.signature ?? utf8('')), hex(signature));
    }),
    RUNS,
  );
});

test('readers take any bytes without throwing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string().map(utf8), fc.json().map(utf8)), (bytes) => {
      assert.notEqual(decodeEnvelope(bytes).kind, 'envelope');
      assert.equal(decodeCheckpoint(bytes), null);
      assert.equal(decodeSshsig(Buffer.from(bytes).toString('latin1')), null);
    }),
    RUNS,
  );
});

test('an envelope in any other form is refused, with the part that is wrong', () => {
  const envelope = { payload: utf8('{}'), keyid: KEY.keyid, sig: new Uint8Array(64) };
  const text = Buffer.from(encodeEnvelope(envelope)).toString();
  const part = (changed: string): string => {
    const decoded = decodeEnvelope(utf8(changed));
    return decoded.kind === 'invalid' ? decoded.part : 'accepted';
  };
  assert.equal(part(text), 'accepted');
  assert.equal(part(text.replace(KEY.keyid, hex(sha256('x')))), 'keyid');
  assert.equal(part(text.replace('in-toto+json', 'in-toto.test-result+json')), 'envelope');
  assert.equal(part(text.replace('{"payload"', '{"extra":1,"payload"')), 'envelope');
  assert.equal(part(text.replace('"signatures":[', '"signatures":[{"keyid":"","sig":""},')), 'envelope');
  assert.equal(part(text.replace('"payload":"e30="', '"payload":"e31="')), 'envelope');
  assert.equal(part(` ${text}`), 'envelope');
  assert.equal(part(text.trimEnd()), 'envelope');
});

test('base64 with spare bits, no padding or spaces is refused', () => {
  assert.ok(fromBase64('AA=='));
  for (const text of ['AB==', 'AA', 'AA= =', 'AA==\n', '_w==']) assert.equal(fromBase64(text), null, text);
});

test('key ids and names of files have one form', () => {
  assert.ok(isKeyId(KEY.keyid));
  for (const text of [
    '',
    'SHA256:',
    KEY.keyid.slice(0, -1),
    `${KEY.keyid}=`,
    `${KEY.keyid.slice(0, -1)}B`,
    hex(sha256('')),
  ])
    assert.equal(isKeyId(text), false, text);
  for (const name of ['a', 'gates/a.b-c_d', 'terminal.dsse.json', '...']) assert.ok(isPlainName(name), name);
  for (const name of ['', '..', '.', '../a', 'a/..', 'a/b/c', '/a', 'a/', 'a b', 'a\\b', 'a\0', 'é', 'a'.repeat(256)])
    assert.equal(isPlainName(name), false, name);
});
