import { createPublicKey } from 'node:crypto';
import { OmkError } from '../../domain/error.ts';
import { SSH_ED25519, publicKey, rawOfKey, rawOfLineField, type PublicKey } from '../format/ssh-key.ts';
import { SSHSIG_NAMESPACE } from '../format/ssh-sig.ts';

/** A key the verifier trusts, got from somewhere else than the bundle. */
export interface TrustedKey extends PublicKey {
  /** Whose it is: the principals of `allowed_signers`, the comment of a key line, or the file's name. */
  readonly name: string;
  /** Milliseconds since the epoch; null where the key is not limited. */
  readonly validAfter: number | null;
  readonly validBefore: number | null;
}

const ANY_TIME = { validAfter: null, validBefore: null };
const PEM = /-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]+-----END PUBLIC KEY-----/g;

/**
 * Ed25519 keys in a text: `ssh-ed25519` lines, `allowed_signers` lines, PEM public keys. Keys of other types are left out,
 * as are `allowed_signers` entries for other namespaces. `OmkError` `KEY_UNREADABLE` when none is left or an option is unknown.
 */
export function parseTrustedKeys(text: string, name: string): readonly TrustedKey[] {
  const pems = text.match(PEM) ?? [];
  const lines = text
    .replace(PEM, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const keys = [
    ...pems.flatMap((pem) => fromPem(pem, name)),
    ...lines.filter((line) => line !== '' && !line.startsWith('#')).flatMap((line) => fromLine(line, name)),
  ];
  if (keys.length === 0) throw unreadable(name, 'has no Ed25519 public key for proofs');
  return keys;
}

const unreadable = (name: string, why: string): OmkError =>
  new OmkError(
    'KEY_UNREADABLE',
    `${name} ${why}.`,
    'Give a public key line ("ssh-ed25519 AAAA…"), an allowed_signers file or a PEM public key.',
  );

function fromPem(pem: string, name: string): readonly TrustedKey[] {
  try {
    const raw = rawOfKey(createPublicKey(pem));
    return raw ? [{ ...publicKey(raw), name, ...ANY_TIME }] : [];
  } catch {
    throw unreadable(name, 'has a PEM block that cannot be read');
  }
}

function fromLine(line: string, name: string): readonly TrustedKey[] {
  const fields: readonly string[] = line.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
  const at = fields.indexOf(SSH_ED25519);
  const raw = at < 0 ? null : rawOfLineField(fields[at + 1] ?? '');
  if (!raw) return [];
  if (at === 0) return [{ ...publicKey(raw), name: fields.slice(2).join(' ') || name, ...ANY_TIME }];
  const options = fields.slice(1, at).join(' ');
  const found = readOptions(options, name);
  return found ? [{ ...publicKey(raw), name: fields[0] ?? name, ...found }] : [];
}

/** Null for an entry that is not for proofs. What is not understood could be a limit, so it is refused. */
function readOptions(text: string, name: string): { validAfter: number | null; validBefore: number | null } | null {
  const limits: { validAfter: number | null; validBefore: number | null } = { ...ANY_TIME };
  for (const [, option = '', value = ''] of text.matchAll(/([a-zA-Z-]+)(?:="([^"]*)")?,?/g)) {
    const key = option.toLowerCase();
    if (key === 'namespaces') {
      if (!value.split(',').includes(SSHSIG_NAMESPACE)) return null;
    } else if (key === 'valid-after') limits.validAfter = instant(value, name);
    else if (key === 'valid-before') limits.validBefore = instant(value, name);
    else throw unreadable(name, `has an option that is not understood: ${option}`);
  }
  return limits;
}

/** `YYYYMMDD[Z]` or `YYYYMMDDHHMM[SS][Z]`; local time without `Z`, as ssh-keygen reads it. */
function instant(text: string, name: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/.exec(text);
  if (!parts) throw unreadable(name, `has a time that cannot be read: ${text}`);
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
}
