import { isRecord } from '../../domain/record.ts';
import { canonical } from '../../domain/canonical.ts';
import { fromBase64, textOf, toBase64, utf8 } from './bytes.ts';
import { parseJson } from './json.ts';
import { isKeyId } from './ssh-key.ts';

/** The only type that every verifier we know accepts; a predicate suffix is refused by some. */
export const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** A DSSE envelope with exactly one signature: more than one cannot go into a sigstore bundle. */
export interface Envelope {
  readonly payload: Uint8Array;
  /** SSH fingerprint `SHA256:…`; verifiers of Go's securesystemslib skip any other form in silence. */
  readonly keyid: string;
  readonly sig: Uint8Array;
}

export const envelopeJson = (envelope: Envelope): object => ({
  payload: toBase64(envelope.payload),
  payloadType: PAYLOAD_TYPE,
  signatures: [{ keyid: envelope.keyid, sig: toBase64(envelope.sig) }],
});

/** The one text of an envelope, with a newline at its end. */
export const encodeEnvelope = (envelope: Envelope): Uint8Array => utf8(`${canonical(envelopeJson(envelope))}\n`);

export type DecodedEnvelope =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | { readonly kind: 'invalid'; readonly part: 'envelope' | 'keyid'; readonly why: string };

const invalid = (why: string, part: 'envelope' | 'keyid' = 'envelope'): DecodedEnvelope => ({
  kind: 'invalid',
  part,
  why,
});

/** Reads exactly what `encodeEnvelope` writes; any other spelling of the same envelope is refused. */
export function decodeEnvelope(bytes: Uint8Array): DecodedEnvelope {
  const text = textOf(bytes);
  const json = text === null ? null : parseJson(text);
  if (!isRecord(json)) return invalid('it is not a JSON object');
  if (json['payloadType'] !== PAYLOAD_TYPE) return invalid(`its payloadType is not ${PAYLOAD_TYPE}`);
  const signatures = json['signatures'];
  if (!Array.isArray(signatures) || signatures.length !== 1) return invalid('it does not have exactly one signature');
  const first: unknown = signatures[0];
  if (!isRecord(first) || typeof first['sig'] !== 'string' || typeof json['payload'] !== 'string')
    return invalid('a field is missing');
  const payload = fromBase64(json['payload']);
  const sig = fromBase64(first['sig']);
  if (!payload || !sig) return invalid('its base64 is not canonical');
  const keyid = first['keyid'];
  if (typeof keyid !== 'string' || !isKeyId(keyid))
    return invalid('its keyid is not an SSH fingerprint "SHA256:…"', 'keyid');
  const envelope = { payload, keyid, sig };
  if (textOf(encodeEnvelope(envelope)) !== text) return invalid('it has fields or spaces that do not belong there');
  return { kind: 'envelope', envelope };
}
