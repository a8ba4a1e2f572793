import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OWNER, failures, readyBundle, verifyFiles } from '../testing/bundle.ts';
import { testSigner } from '../testing/signer.ts';
import { parseTrustedKeys } from './trust.ts';

const line = OWNER.publicKey.ssh;
const parse = (text: string) => parseTrustedKeys(text, 'file');
const code = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'KEY_UNREADABLE';

test('key lines, allowed_signers lines and PEM are read', () => {
  for (const text of [
    line,
    `${line}\r\n`,
    `# a comment\n\n${line}`,
    `anna@example.org ${line}`,
    `anna@example.org namespaces="git,omk-proof-v1" ${line}`,
    OWNER.publicKey.pem,
  ])
    assert.deepEqual(
      parse(text).map((key) => key.keyid),
      [OWNER.keyid],
      text,
    );
  assert.equal(parse(`anna@example.org ${line}`)[0]?.name, 'anna@example.org');
  assert.equal(parse(line)[0]?.name, 'omk');
  assert.equal(parse(OWNER.publicKey.pem)[0]?.name, 'file');
  assert.equal(parse(`${line}\n${testSigner(2).publicKey.ssh}\n${testSigner(3).publicKey.pem}`).length, 3);
});

test('what is not for proofs, or not understood, gives no key', () => {
  for (const text of [
    '',
    'hello',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== x',
    `a namespaces="git" ${line}`,
    `a cert-authority ${line}`,
    `a valid-before="soon" ${line}`,
    line.replace('AAAA', 'AAAB'),
    '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----',
  ])
    assert.throws(() => parse(text), code, text);
});

test('a key counts only for its time: E_KEY_UNTRUSTED', async () => {
  const { files } = await readyBundle();
  // The bundle ended on 2026-01-31 at noon, UTC.
  const reached = async (options: string): Promise<string> => {
    const report = await verifyFiles(files, { trusted: parse(`a ${options} ${line}`) });
    return report.reached === 'none' ? failures(report).join() : report.reached;
  };
  assert.equal(await reached('valid-before="20260201Z"'), 'V0');
  assert.equal(await reached('valid-after="20260131Z",valid-before="202601311300Z"'), 'V0');
  assert.equal(await reached('valid-before="20260131Z"'), 'E_KEY_UNTRUSTED');
  assert.equal(await reached('valid-after="20260131130000Z"'), 'E_KEY_UNTRUSTED');
  const twice = parse(`a valid-before="20250101Z" ${line}\na valid-after="20260101Z" ${line}`);
  assert.equal((await verifyFiles(files, { trusted: twice })).reached, 'V0');
});
