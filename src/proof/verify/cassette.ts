import { verify } from 'node:crypto';
import { sameBytes, textOf } from '../format/bytes.ts';
import { decodeEnvelope } from '../format/envelope.ts';
import { at, parseJson } from '../format/json.ts';
import { pae } from '../format/pae.ts';
import { PAYLOAD_TYPE } from '../format/envelope.ts';
import { toKeyObject } from '../format/ssh-key.ts';
import { cassetteStatement, type SignedCassette } from '../statement/cassette.ts';
import { encodeStatement } from '../statement/statement.ts';
import type { TrustedKey } from './trust.ts';

export type CassetteSeal =
  | { readonly kind: 'signed' }
  /** A bundle of before, or one of which the statement was taken out. */
  | { readonly kind: 'not_signed' }
  | { readonly kind: 'broken'; readonly why: string };

/** Whether a cassette is the one that a trusted key signed beside this proof. `envelope`: null where there is none. */
export function checkCassette(
  envelope: Uint8Array | null,
  cassette: SignedCassette,
  trusted: readonly TrustedKey[],
): CassetteSeal {
  if (envelope === null) return { kind: 'not_signed' };
  const decoded = decodeEnvelope(envelope);
  if (decoded.kind === 'invalid') return broken(`its statement cannot be read: ${decoded.why}`);
  const { payload, keyid, sig } = decoded.envelope;
  const key = trusted.find((each) => each.keyid === keyid);
  if (!key) return broken(`it is signed by ${keyid}, which is not among the ${trusted.length} trusted keys`);
  if (!verify(null, pae(PAYLOAD_TYPE, payload), toKeyObject(key), sig))
    return broken('the signature does not belong to its statement');
  const other = otherThan(payload, cassette);
  return other === null ? { kind: 'signed' } : broken(other);
}

/** Why a cassette is not the one of its statement, whoever signed that; null where it is, and where there is no statement. */
export function notAsStated(envelope: Uint8Array | null, cassette: SignedCassette): string | null {
  if (envelope === null) return null;
  const decoded = decodeEnvelope(envelope);
  return decoded.kind === 'invalid'
    ? `its statement cannot be read: ${decoded.why}`
    : otherThan(decoded.envelope.payload, cassette);
}

function otherThan(payload: Uint8Array, cassette: SignedCassette): string | null {
  const wanted = cassetteStatement(cassette);
  if (sameBytes(payload, encodeStatement(wanted))) return null;
  const signed = at(parseJson(textOf(payload) ?? ''), 'subject');
  const digests = new Map(
    Array.isArray(signed) ? signed.map((each) => [at(each, 'name'), at(each, 'digest', 'sha256')]) : [],
  );
  const other = wanted.subject.find(({ name, digest }) => digests.get(name) !== digest['sha256']);
  return `${other?.name ?? 'its list of executions'} is not the one that was signed`;
}

const broken = (why: string): CassetteSeal => ({ kind: 'broken', why });
