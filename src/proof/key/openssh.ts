import { createPrivateKey, type KeyObject } from 'node:crypto';
import { sameBytes, textOf } from '../format/bytes.ts';
import { rawOfBlob, rawOfKey } from '../format/ssh-key.ts';
import { sshReader } from '../format/ssh-wire.ts';
import { unusable } from './errors.ts';

const MAGIC = 'openssh-key-v1\0';
/** What precedes the 32 seed bytes in the PKCS8 form of an Ed25519 key (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const ARMOUR = /^-----BEGIN OPENSSH PRIVATE KEY-----\s([A-Za-z0-9+/=\s]+)-----END OPENSSH PRIVATE KEY-----\s*$/;

/** The Ed25519 key in an unencrypted OpenSSH private key file. `OmkError` `KEY_UNUSABLE` for any other. */
export function parseOpenSsh(text: string, path: string): KeyObject {
  const body = ARMOUR.exec(text)?.[1];
  const bytes = Buffer.from(body ?? '', 'base64');
  if (bytes.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
    throw unusable(path, 'is not an OpenSSH private key file');
  try {
    return readKey(bytes.subarray(MAGIC.length), path);
  } catch (cause) {
    if (cause instanceof RangeError) throw unusable(path, 'is cut short or damaged', cause);
    throw cause;
  }
}

function readKey(bytes: Uint8Array, path: string): KeyObject {
  const outer = sshReader(bytes);
  const cipher = textOf(outer.string());
  outer.string();
  outer.string();
  if (cipher !== 'none') throw unusable(path, 'is protected by a passphrase, which omk cannot ask for during a run');
  if (outer.uint32() !== 1) throw unusable(path, 'does not hold exactly one key');
  const publicRaw = rawOfBlob(outer.string());
  if (!publicRaw) throw unusable(path, 'is not an Ed25519 key');
  const inner = sshReader(outer.string());
  if (inner.uint32() !== inner.uint32()) throw unusable(path, 'is damaged');
  inner.string();
  inner.string();
  const secret = inner.string();
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, secret.subarray(0, 32)]),
    format: 'der',
    type: 'pkcs8',
  });
  const derived = rawOfKey(key);
  if (secret.length !== 64 || !derived || !sameBytes(derived, publicRaw))
    throw unusable(path, 'is damaged: its two halves do not belong together');
  return key;
}
