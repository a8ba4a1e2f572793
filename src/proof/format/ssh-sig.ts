import { createHash } from 'node:crypto';
import { concat, fromBase64, textOf, toBase64, utf8 } from './bytes.ts';
import { SSH_ED25519, rawOfBlob, sshPublicBlob } from './ssh-key.ts';
import { sshReader, sshString } from './ssh-wire.ts';

/** Namespace of omk's SSH signatures: a signature for anything else (a git commit) is not one of a proof. */
export const SSHSIG_NAMESPACE = 'omk-proof-v1';
const MAGIC = utf8('SSHSIG');
const HASH = 'sha512';
const BEGIN = '-----BEGIN SSH SIGNATURE-----';
const END = '-----END SSH SIGNATURE-----';

/** The bytes an SSHSIG signature of `message` signs. */
export const sshsigSigned = (message: Uint8Array): Uint8Array =>
  concat(
    MAGIC,
    sshString(SSHSIG_NAMESPACE),
    sshString(''),
    sshString(HASH),
    sshString(createHash(HASH).update(message).digest()),
  );

/** Armoured as `ssh-keygen -Y sign` does: lines of 70 characters. */
export function encodeSshsig(raw: Uint8Array, signature: Uint8Array): string {
  const version = Buffer.from([0, 0, 0, 1]);
  const inner = concat(sshString(SSH_ED25519), sshString(signature));
  const blob = concat(
    MAGIC,
    version,
    sshString(sshPublicBlob(raw)),
    sshString(SSHSIG_NAMESPACE),
    sshString(''),
    sshString(HASH),
    sshString(inner),
  );
  const lines = toBase64(blob).match(/.{1,70}/g) ?? [];
  return `${[BEGIN, ...lines, END].join('\n')}\n`;
}

/** Reads exactly what `encodeSshsig` writes, null for anything else. */
export function decodeSshsig(text: string): { readonly raw: Uint8Array; readonly signature: Uint8Array } | null {
  const lines = text.split('\n');
  const blob = fromBase64(lines.slice(1, -2).join(''));
  if (!blob) return null;
  try {
    const reader = sshReader(blob.subarray(MAGIC.length + 4));
    const raw = rawOfBlob(reader.string());
    const [namespace, , hash] = [textOf(reader.string()), reader.string(), textOf(reader.string())];
    const inner = sshReader(reader.string());
    const type = textOf(inner.string());
    const signature = inner.string();
    if (!raw || namespace !== SSHSIG_NAMESPACE || hash !== HASH || type !== SSH_ED25519) return null;
    return encodeSshsig(raw, signature) === text ? { raw, signature } : null;
  } catch {
    return null;
  }
}
