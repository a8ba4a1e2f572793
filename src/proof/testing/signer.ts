import { createPrivateKey, sign } from 'node:crypto';
import { publicKey, publicPem, rawOfKey, sshLine } from '../format/ssh-key.ts';
import type { Signer } from '../key/open.ts';
import type { TrustedKey } from '../verify/trust.ts';

/** A key made from one byte, so that tests are the same every time. */
export function testSigner(seed: number): Signer {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const half = publicKey(rawOfKey(key) ?? new Uint8Array());
  return {
    keyid: half.keyid,
    publicKey: { ...half, ssh: sshLine(half, 'omk'), pem: publicPem(half) },
    sign: (bytes) => sign(null, bytes, key),
  };
}

export const trust = ({ publicKey: { raw, keyid } }: Signer): TrustedKey => ({
  raw,
  keyid,
  name: 'the owner',
  validAfter: null,
  validBefore: null,
});
