import { isRecord } from '../../domain/record.ts';
import { canonical } from '../../domain/canonical.ts';
import { concat, sha256Hex, utf8 } from '../format/bytes.ts';
import { checkpointBody, encodeCheckpoint, noteKeyId } from '../format/checkpoint.ts';
import { PAYLOAD_TYPE, decodeEnvelope, encodeEnvelope, type Envelope } from '../format/envelope.ts';
import { at, parseJson } from '../format/json.ts';
import { merkleRoot } from '../format/merkle.ts';
import { pae } from '../format/pae.ts';
import { encodeSigstore } from '../format/sigstore.ts';
import { encodeSshsig, sshsigSigned } from '../format/ssh-sig.ts';
import type { Signer } from '../key/open.ts';

type Files = ReadonlyMap<string, Uint8Array>;
export type Edit = (value: unknown, path: readonly (string | number)[]) => unknown;

/** Rewrites every value of a JSON tree, inner ones first. */
export function rewrite(value: unknown, edit: Edit, path: readonly (string | number)[] = []): unknown {
  if (Array.isArray(value))
    return edit(
      value.map((each, index) => rewrite(each, edit, [...path, index])).filter((each) => each !== undefined),
      path,
    );
  if (isRecord(value))
    return edit(
      Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rewrite(each, edit, [...path, key])])),
      path,
    );
  return edit(value, path);
}

export interface Parts {
  /** Statements by name; undefined takes one out. */
  readonly statements?: Readonly<Record<string, Edit | undefined>>;
  /** Log lines as values; `prev` and `seq` are made right again afterwards. */
  readonly log?: (events: readonly unknown[]) => readonly unknown[];
  readonly files?: (files: Map<string, Uint8Array>) => void;
}

/**
 * What a forger with the signing key makes of a bundle: any statement and any log, with every digest, chain,
 * checkpoint and signature right again. Only what things mean can give it away.
 */
export function forge(honest: Files, signer: Signer, parts: Parts): Map<string, Uint8Array> {
  const files = new Map(honest);
  parts.files?.(files);
  const old = textOf(files, 'events.jsonl').split('\n').slice(0, -1).map(parseJson);
  const lines = chain(parts.log ? parts.log(old) : old);
  files.set('events.jsonl', utf8(lines.map((line) => `${line}\n`).join('')));
  const root = merkleRoot(lines.map(utf8));
  const origin = textOf(files, 'checkpoint').split('\n')[0] ?? '';
  const body = { origin, size: lines.length, root };
  const checkpoint = utf8(
    encodeCheckpoint({
      ...body,
      noteKeyId: noteKeyId(origin, signer.publicKey),
      signature: signer.sign(utf8(checkpointBody(body))),
    }),
  );
  files.set('checkpoint', checkpoint);
  files.set('checkpoint.sshsig', utf8(encodeSshsig(signer.publicKey.raw, signer.sign(sshsigSigned(checkpoint)))));

  const names = [...files.keys()]
    .filter((name) => name.endsWith('.dsse.json') && name !== 'terminal.dsse.json')
    .map((name) => name.slice(0, -10));
  const inputs: { uri: string; digest: { sha256: string } }[] = [];
  const all: Uint8Array[] = [];
  const seal = (name: string, payload: unknown): void => {
    const bytes = utf8(canonical(payload));
    const envelope: Envelope = { payload: bytes, keyid: signer.keyid, sig: signer.sign(pae(PAYLOAD_TYPE, bytes)) };
    const encoded = encodeEnvelope(envelope);
    files.set(`${name}.dsse.json`, encoded).set(`${name}.sigstore.json`, encodeSigstore(envelope));
    all.push(encoded);
  };
  for (const name of names) {
    const edit = parts.statements && name in parts.statements ? parts.statements[name] : (value: unknown) => value;
    if (!edit) {
      files.delete(`${name}.dsse.json`);
      files.delete(`${name}.sigstore.json`);
      continue;
    }
    seal(name, rewrite(payloadOf(files, name), edit));
    inputs.push({ uri: `${name}.dsse.json`, digest: { sha256: sha256Hex(files.get(`${name}.dsse.json`) ?? '') } });
  }
  const edit = parts.statements?.['terminal'] ?? ((value: unknown) => value);
  const bound = rewrite(payloadOf(files, 'terminal'), (value, path) => {
    const where = path.join(' ');
    if (where === 'predicate inputAttestations') return inputs;
    if (where.endsWith('log root')) return Buffer.from(root).toString('hex');
    if (where.endsWith('log size')) return lines.length;
    if (at(value, 'name') === 'checkpoint') return { name: 'checkpoint', digest: { sha256: sha256Hex(checkpoint) } };
    if (at(value, 'name') === 'change.patch')
      return { name: 'change.patch', digest: { sha256: sha256Hex(files.get('change.patch') ?? '') } };
    return value;
  });
  seal('terminal', rewrite(bound, edit));
  files.set('proof.intoto.jsonl', concat(...all));
  return files;
}

const textOf = (files: Files, name: string): string => new TextDecoder().decode(files.get(name));

export function payloadOf(files: Files, name: string): unknown {
  const decoded = decodeEnvelope(files.get(`${name}.dsse.json`) ?? utf8(''));
  return decoded.kind === 'envelope' ? parseJson(new TextDecoder().decode(decoded.envelope.payload)) : null;
}

function chain(events: readonly unknown[]): readonly string[] {
  let prev = '0'.repeat(64);
  return events.map((event, seq) => {
    const line = canonical({ ...(isRecord(event) ? event : {}), prev, seq });
    prev = sha256Hex(line);
    return line;
  });
}
