import { concat, fromBase64, sha256, textOf, toBase64, utf8 } from './bytes.ts';
import type { PublicKey } from './ssh-key.ts';
import type { GoalId } from '../../domain/ids.ts';

/** What a C2SP tlog-checkpoint says: this log, of this size, has this RFC 6962 root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

export interface SignedCheckpoint extends Checkpoint {
  /** Key id of the note signature, 4 bytes. */
  readonly noteKeyId: Uint8Array;
  readonly signature: Uint8Array;
}

const ED25519 = Uint8Array.of(1);

export const logOrigin = (repository: string, goal: GoalId): string => `omk.dev/log/${repository}/${goal}`;

/** The text that is signed. */
export const checkpointBody = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** Key id of a C2SP signed note: the key's name is the log's origin. */
export const noteKeyId = (origin: string, key: PublicKey): Uint8Array =>
  sha256(concat(utf8(`${origin}\n`), ED25519, key.raw)).subarray(0, 4);

/** The verifier key of Go's `sumdb/note`: name, key id in hex, and the key. */
export const noteVerifierKey = (origin: string, key: PublicKey): string =>
  `${origin}+${Buffer.from(noteKeyId(origin, key)).toString('hex')}+${toBase64(concat(ED25519, key.raw))}`;

export const encodeCheckpoint = (note: SignedCheckpoint): string =>
  `${checkpointBody(note)}\n\u2014 ${note.origin} ${toBase64(concat(note.noteKeyId, note.signature))}\n`;

/** Reads exactly what `encodeCheckpoint` writes, null for anything else. */
export function decodeCheckpoint(bytes: Uint8Array): SignedCheckpoint | null {
  const text = textOf(bytes);
  const lines = text?.split('\n') ?? [];
  const [origin = '', size = '', root = '', , signatureLine = ''] = lines;
  const rootBytes = fromBase64(root);
  const signed = fromBase64(signatureLine.split(' ')[2] ?? '');
  if (
    !/^[^\s+]+$/.test(origin) ||
    !/^(0|[1-9]\d{0,14})$/.test(size) ||
    rootBytes?.length !== 32 ||
    signed?.length !== 68
  )
    return null;
  const note = {
    origin,
    size: Number(size),
    root: rootBytes,
    noteKeyId: signed.subarray(0, 4),
    signature: signed.subarray(4),
  };
  return encodeCheckpoint(note) === text ? note : null;
}
