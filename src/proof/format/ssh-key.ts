import { createPublicKey, type KeyObject } from 'node:crypto';
import { concat, fromBase64, sha256, textOf, toBase64 } from './bytes.ts';
import { sshReader, sshString } from './ssh-wire.ts';

export const SSH_ED25519 = 'ssh-ed25519';
/** What precedes the 32 key bytes in the SubjectPublicKeyInfo of an Ed25519 key (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** An Ed25519 public key. `raw` is its 32 bytes. */
export interface PublicKey {
  readonly raw: Uint8Array;
  /** SSH fingerprint: `SHA256:` and unpadded base64. */
  readonly keyid: string;
}

export const publicKey = (raw: Uint8Array): PublicKey => ({
  raw,
  keyid: `SHA256:${toBase64(sha256(sshPublicBlob(raw))).replace(/=+$/, '')}`,
});

export const sshPublicBlob = (raw: Uint8Array): Uint8Array => concat(sshString(SSH_ED25519), sshString(raw));

/** The raw key of an `ssh-ed25519` blob, null for anything else. */
export function rawOfBlob(blob: Uint8Array): Uint8Array | null {
  try {
    const reader = sshReader(blob);
    const type = textOf(reader.string());
    const raw = reader.string();
    return type === SSH_ED25519 && raw.length === 32 && reader.rest().length === 0 ? raw : null;
  } catch {
    return null;
  }
}

export const rawOfLineField = (base64: string): Uint8Array | null => {
  const blob = fromBase64(base64);
  return blob ? rawOfBlob(blob) : null;
};

/** The raw key of a node key, null when it is not Ed25519. */
export function rawOfKey(key: KeyObject): Uint8Array | null {
  if (key.asymmetricKeyType !== 'ed25519') return null;
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' });
  return spki.subarray(SPKI_PREFIX.length);
}

export const toKeyObject = (key: PublicKey): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX, key.raw]), format: 'der', type: 'spki' });

export const sshLine = (key: PublicKey, comment: string): string =>
  `${SSH_ED25519} ${toBase64(sshPublicBlob(key.raw))} ${comment}`;
export const publicPem = (key: PublicKey): string =>
  toKeyObject(key).export({ format: 'pem', type: 'spki' }).toString();

/** 43 characters are 258 bits: the last one must leave the two surplus bits zero, or one key would have several ids. */
export const isKeyId = (text: string): boolean => /^SHA256:[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]$/.test(text);
