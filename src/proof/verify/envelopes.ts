import { isRecord } from '../../domain/record.ts';
import { verify } from 'node:crypto';
import { canonical } from '../../domain/canonical.ts';
import { sameBytes, textOf } from '../format/bytes.ts';
import { PAYLOAD_TYPE, decodeEnvelope, type Envelope } from '../format/envelope.ts';
import { at, parseJson } from '../format/json.ts';
import { TERMINAL, dsseFile, sigstoreFile } from '../format/names.ts';
import { pae } from '../format/pae.ts';
import { encodeSigstore } from '../format/sigstore.ts';
import { toKeyObject } from '../format/ssh-key.ts';
import { STATEMENT_TYPE } from '../statement/statement.ts';
import type { Files } from './limits.ts';
import type { Recorder } from './report.ts';
import type { TrustedKey } from './trust.ts';

export interface Signed {
  /** By name without suffix: `terminal`, `turns`, `gate-…`. Content that is signed, but not yet compared with the log. */
  readonly statements: ReadonlyMap<string, unknown>;
  readonly key: TrustedKey;
}

const SUFFIX = dsseFile('');
const TOP_LEVEL = '_type,predicate,predicateType,subject';

/** Every envelope of the bundle, all signed by one trusted key; null when any is not. */
export function openEnvelopes(files: Files, trusted: readonly TrustedKey[], to: Recorder): Signed | null {
  const statements = new Map<string, unknown>();
  const keys = new Set<TrustedKey>();
  for (const [file, bytes] of files) {
    if (!file.endsWith(SUFFIX)) continue;
    const name = file.slice(0, -SUFFIX.length);
    const envelope = open(file, bytes, files.get(sigstoreFile(name)), to);
    const key = envelope && keyOf(file, envelope, trusted, to);
    if (!envelope || !key) return null;
    const intact = verify(null, pae(PAYLOAD_TYPE, envelope.payload), toKeyObject(key), envelope.sig);
    if (!to.check('E_SIGNATURE', intact, `${file} is signed by ${key.keyid} (${key.name})`)) return null;
    const statement = readStatement(envelope.payload);
    if (!to.check('E_ENVELOPE', statement !== null, `${file} holds an in-toto statement v1 in canonical JSON`))
      return null;
    keys.add(key);
    statements.set(name, statement);
  }
  if (!to.check('E_BUNDLE', statements.has(TERMINAL), `the bundle has ${dsseFile(TERMINAL)}`)) return null;
  const [key] = keys;
  if (!to.check('E_KEYID', keys.size === 1, 'all statements are signed by one key') || !key) return null;
  const entries = trusted.filter((each) => each.keyid === key.keyid);
  return inTime(entries, statements.get(TERMINAL), to) ? { statements, key } : null;
}

function open(file: string, bytes: Uint8Array, twin: Uint8Array | undefined, to: Recorder): Envelope | null {
  const decoded = decodeEnvelope(bytes);
  if (decoded.kind === 'invalid') {
    to.check(decoded.part === 'keyid' ? 'E_KEYID' : 'E_ENVELOPE', false, `${file}: ${decoded.why}`);
    return null;
  }
  const same = twin !== undefined && sameBytes(twin, encodeSigstore(decoded.envelope));
  return to.check('E_ENVELOPE', same, `${file} and its sigstore bundle are the same envelope`)
    ? decoded.envelope
    : null;
}

function keyOf(file: string, { keyid }: Envelope, trusted: readonly TrustedKey[], to: Recorder): TrustedKey | null {
  const key = trusted.find((each) => each.keyid === keyid) ?? null;
  if (!key)
    to.check(
      'E_KEY_UNTRUSTED',
      false,
      `${file} is signed by ${keyid}, which is not among the ${trusted.length} trusted keys`,
    );
  return key;
}

/** A key may be listed several times, for several spans. */
function inTime(entries: readonly TrustedKey[], terminal: unknown, to: Recorder): boolean {
  const time = Date.parse(String(at(terminal, 'predicate', 'timeVerified')));
  const within = entries.some(
    ({ validAfter, validBefore }) =>
      (validAfter === null || time >= validAfter) && (validBefore === null || time < validBefore),
  );
  return to.check('E_KEY_UNTRUSTED', within, 'the key is trusted for the time of the proof');
}

function readStatement(payload: Uint8Array): unknown {
  const text = textOf(payload);
  const value = text === null ? null : parseJson(text);
  if (!isRecord(value) || Object.keys(value).sort().join() !== TOP_LEVEL || value['_type'] !== STATEMENT_TYPE)
    return null;
  try {
    return canonical(value) === text ? value : null;
  } catch {
    return null;
  }
}
