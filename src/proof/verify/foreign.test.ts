import { isRecord } from '../../domain/record.ts';
import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { bundleFromJSON } from '@sigstore/bundle';
import { Verifier, toSignedEntity } from '@sigstore/verify';
import { utf8 } from '../format/bytes.ts';
import { decodeEnvelope } from '../format/envelope.ts';
import { at } from '../format/json.ts';
import { pae } from '../format/pae.ts';
import { OWNER, readyBundle } from '../testing/bundle.ts';
import { payloadOf } from '../testing/forge.ts';
import { openssl, runTool, sshKeygen } from '../testing/tools.ts';

type Files = ReadonlyMap<string, Uint8Array>;
const textOf = (files: Files, name: string): string => new TextDecoder().decode(files.get(name));
const named = (files: Files, end: string): readonly string[] => [...files.keys()].filter((name) => name.endsWith(end));
const parse = (text: string): unknown => JSON.parse(text);

function folder(t: TestContext, files: Readonly<Record<string, Uint8Array>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'omk-foreign-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
  return dir;
}

test('@sigstore/verify accepts every bundle, and none with one byte changed', async () => {
  const { files } = await readyBundle();
  const verifier = new Verifier(
    {
      certificateAuthorities: [],
      timestampAuthorities: [],
      tlogs: [],
      ctlogs: [],
      publicKey: (hint) => {
        assert.equal(hint, OWNER.keyid);
        return { publicKey: createPublicKey(OWNER.publicKey.pem), validFor: () => true };
      },
    },
    { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 },
  );
  const names = named(files, '.sigstore.json');
  assert.equal(names.length, 5);
  for (const name of names) {
    const text = textOf(files, name);
    verifier.verify(toSignedEntity(bundleFromJSON(parse(text))));
    const payload = String(at(parse(text), 'dsseEnvelope', 'payload'));
    const other = `${payload.startsWith('A') ? 'B' : 'A'}${payload.slice(1)}`;
    assert.throws(() => verifier.verify(toSignedEntity(bundleFromJSON(parse(text.replace(payload, other))))));
  }
});

test('openssl verifies the signature over the pre-authentication encoding', { skip: openssl }, async (t) => {
  const { files } = await readyBundle();
  for (const name of named(files, '.dsse.json')) {
    const decoded = decodeEnvelope(files.get(name) ?? utf8(''));
    assert.ok(decoded.kind === 'envelope');
    const { payload, sig } = decoded.envelope;
    const dir = folder(t, { pae: pae('application/vnd.in-toto+json', payload), sig, pem: utf8(OWNER.publicKey.pem) });
    const done = runTool([
      'openssl',
      'pkeyutl',
      '-verify',
      '-rawin',
      '-pubin',
      '-inkey',
      join(dir, 'pem'),
      '-in',
      join(dir, 'pae'),
      '-sigfile',
      join(dir, 'sig'),
    ]);
    assert.equal(done.status, 0, done.text);
  }
});

test(
  'ssh-keygen accepts the checkpoint under the bundle’s allowed_signers, in omk’s namespace only',
  { skip: sshKeygen },
  async (t) => {
    const { files } = await readyBundle();
    const checkpoint = files.get('checkpoint') ?? utf8('');
    const dir = folder(t, {
      signers: files.get('keys/allowed_signers') ?? utf8(''),
      sig: files.get('checkpoint.sshsig') ?? utf8(''),
    });
    const verify = (namespace: string, message: Uint8Array): number | null =>
      runTool(
        [
          'ssh-keygen',
          '-Y',
          'verify',
          '-f',
          join(dir, 'signers'),
          '-I',
          'omk',
          '-n',
          namespace,
          '-s',
          join(dir, 'sig'),
        ],
        message,
      ).status;
    assert.equal(verify('omk-proof-v1', checkpoint), 0);
    assert.notEqual(verify('git', checkpoint), 0);
    assert.notEqual(verify('omk-proof-v1', utf8('other')), 0);
  },
);

test('the checkpoint is a C2SP signed note of the key in log.vkey', async () => {
  const { files } = await readyBundle();
  const [name = '', id = '', key = ''] = textOf(files, 'keys/log.vkey').trim().split('+');
  const keyBytes = Buffer.from(
    textOf(files, 'keys/log.vkey')
      .trim()
      .slice(name.length + id.length + 2),
    'base64',
  );
  assert.ok(key.length > 0 && keyBytes[0] === 1 && keyBytes.length === 33);
  assert.equal(createHash('sha256').update(`${name}\n`).update(keyBytes).digest('hex').slice(0, 8), id);
  const note = textOf(files, 'checkpoint');
  const line = note.split('\n').at(-2) ?? '';
  assert.ok(line.startsWith(`— ${name} `), line);
  assert.equal(
    Buffer.from(line.split(' ')[2] ?? '', 'base64')
      .subarray(0, 4)
      .toString('hex'),
    id,
  );
});

test('proof 9: nothing is emitted that strict readers of Statement v1 refuse', async () => {
  const { files } = await readyBundle();
  for (const file of named(files, '.dsse.json')) {
    const envelope = parse(textOf(files, file));
    assert.equal(at(envelope, 'payloadType'), 'application/vnd.in-toto+json');
    assert.match(String(at(envelope, 'signatures', 0, 'keyid')), /^SHA256:[A-Za-z0-9+/]{43}$/);
    assert.equal(at(envelope, 'signatures', 1), undefined);
    const statement = payloadOf(files, file.slice(0, -'.dsse.json'.length));
    assert.ok(isRecord(statement));
    assert.deepEqual(Object.keys(statement).sort(), ['_type', 'predicate', 'predicateType', 'subject']);
    const subjects = statement['subject'];
    assert.ok(Array.isArray(subjects) && subjects.length > 0 && subjects.length <= 1024);
    for (const subject of [...subjects, ...resources(statement['predicate'])]) {
      assert.ok(isRecord(subject));
      for (const key of Object.keys(subject))
        assert.ok(
          ['name', 'uri', 'digest', 'content', 'downloadLocation', 'mediaType', 'annotations'].includes(key),
          key,
        );
      const digest = subject['digest'];
      assert.ok(isRecord(digest));
      for (const value of Object.values(digest)) assert.match(String(value), /^[0-9a-f]{40,128}$/);
    }
  }
});

function resources(predicate: unknown): readonly unknown[] {
  const configuration = at(predicate, 'configuration');
  const inputs = at(predicate, 'inputAttestations');
  return [
    ...(Array.isArray(configuration) ? configuration : []),
    ...(Array.isArray(inputs) ? inputs : []),
    ...(at(predicate, 'policy') ? [at(predicate, 'policy')] : []),
  ];
}

test('the terminal statement is a verification summary as slsa-verifier and cosign read it', async () => {
  const { files } = await readyBundle();
  const terminal = payloadOf(files, 'terminal');
  assert.equal(at(terminal, 'predicateType'), 'https://slsa.dev/verification_summary/v1');
  assert.equal(at(terminal, 'predicate', 'verificationResult'), 'PASSED');
  assert.ok(!Number.isNaN(Date.parse(String(at(terminal, 'predicate', 'timeVerified')))));
  const levels = at(terminal, 'predicate', 'verifiedLevels');
  assert.ok(Array.isArray(levels) && levels.every((level) => typeof level === 'string' && !level.startsWith('SLSA_')));
  const patch = createHash('sha256')
    .update(files.get('change.patch') ?? '')
    .digest('hex');
  const subjects = at(terminal, 'subject');
  assert.ok(Array.isArray(subjects) && subjects.some((subject) => at(subject, 'digest', 'sha256') === patch));
});
