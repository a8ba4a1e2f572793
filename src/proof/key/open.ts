import { sign, type KeyObject } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { publicKey, publicPem, rawOfKey, sshLine, type PublicKey } from '../format/ssh-key.ts';
import { createKey } from './create.ts';
import { unusable } from './errors.ts';
import { loadKey } from './load.ts';
import { codeOf, place } from './place.ts';

export interface KeyLocation {
  readonly stateDir: string;
  /** Absolute path of the user's own private key; null for the key that omk keeps. */
  readonly configuredKey: string | null;
}

export interface Signer {
  /** SSH fingerprint, `SHA256:…`. */
  readonly keyid: string;
  readonly publicKey: PublicKey & { readonly ssh: string; readonly pem: string };
  /** Pure Ed25519, 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array;
}

/**
 * The key that signs proofs: the user's own, or omk's, made on first use.
 * `OmkError` `KEY_UNUSABLE` or `KEY_PERMISSIONS`.
 */
export async function openSigner(location: KeyLocation): Promise<Signer> {
  if (location.configuredKey !== null) return signer(await loadConfigured(location.configuredKey));
  const path = ownKey(location.stateDir);
  const opened = signer(await loadOwn(path));
  // For people: this line is what a stranger is given to trust.
  await access(`${path}.pub`).catch(() => place(`${path}.pub`, `${opened.publicKey.ssh}\n`, 0o644));
  return opened;
}

/** The public half of the key proofs are signed with on this machine, null before the first one was made. Makes nothing. */
export async function localPublicKey(location: KeyLocation): Promise<PublicKey | null> {
  if (location.configuredKey !== null) return signer(await loadConfigured(location.configuredKey)).publicKey;
  try {
    return signer(await loadKey(ownKey(location.stateDir), { followLinks: false })).publicKey;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null;
    throw cause;
  }
}

const ownKey = (stateDir: string): string => join(stateDir, 'keys', 'omk-ed25519');

const loadOwn = (path: string): Promise<KeyObject> =>
  loadKey(path, { followLinks: false }).catch(async (cause: unknown) => {
    if (codeOf(cause) !== 'ENOENT') throw cause;
    await createKey(path);
    return loadKey(path, { followLinks: false });
  });

const loadConfigured = (path: string): Promise<KeyObject> =>
  loadKey(path, { followLinks: true }).catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') throw unusable(path, 'does not exist', cause);
    throw cause;
  });

function signer(key: KeyObject): Signer {
  const raw = rawOfKey(key);
  if (!raw) throw new TypeError('the key was checked to be Ed25519');
  const half = publicKey(raw);
  return {
    keyid: half.keyid,
    publicKey: { ...half, ssh: sshLine(half, 'omk'), pem: publicPem(half) },
    sign: (bytes) => sign(null, bytes, key),
  };
}
