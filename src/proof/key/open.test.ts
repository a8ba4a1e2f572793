import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runTool, sshKeygen } from '../testing/tools.ts';
import { localPublicKey, openSigner } from './open.ts';

const POSIX = process.platform === 'win32' ? 'file modes mean nothing here' : false;

const temp = (t: TestContext): string => {
  const dir = mkdtempSync(join(tmpdir(), 'omk-key-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
const code = (expected: string) => (error: unknown) =>
  error instanceof Error && 'code' in error && error.code === expected;

test('a key is made on first use, private, and used again', { skip: POSIX }, async (t) => {
  const stateDir = temp(t);
  assert.equal(await localPublicKey({ stateDir, configuredKey: null }), null);
  const first = await openSigner({ stateDir, configuredKey: null });
  const again = await openSigner({ stateDir, configuredKey: null });
  assert.equal(first.keyid, again.keyid);
  assert.equal(statSync(join(stateDir, 'keys')).mode & 0o777, 0o700);
  assert.equal(statSync(join(stateDir, 'keys', 'omk-ed25519')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(stateDir, 'keys')).sort(), ['omk-ed25519', 'omk-ed25519.pub']);
  assert.equal((await localPublicKey({ stateDir, configuredKey: null }))?.keyid, first.keyid);
  const message = Buffer.from('message');
  assert.ok(verify(null, message, createPublicKey(first.publicKey.pem), first.sign(message)));
});

test('processes that race at first use all get one key', async (t) => {
  const stateDir = temp(t);
  const program = `
    const { openSigner } = await import(${JSON.stringify(new URL('open.ts', import.meta.url).href)});
    process.stdout.write((await openSigner({ stateDir: ${JSON.stringify(stateDir)}, configuredKey: null })).keyid);`;
  const ids = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
        env: {},
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      return (await child.stdout.toArray()).join('');
    }),
  );
  const inProcess = await Promise.all(Array.from({ length: 8 }, () => openSigner({ stateDir, configuredKey: null })));
  assert.deepEqual(new Set([...ids, ...inProcess.map((each) => each.keyid)]).size, 1, ids.join(' '));
  assert.match(ids[0] ?? '', /^SHA256:/);
});

test('a key that others can read is refused', { skip: POSIX }, async (t) => {
  const stateDir = temp(t);
  await openSigner({ stateDir, configuredKey: null });
  const path = join(stateDir, 'keys', 'omk-ed25519');
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(path, mode);
    await assert.rejects(openSigner({ stateDir, configuredKey: null }), code('KEY_PERMISSIONS'));
    await assert.rejects(localPublicKey({ stateDir, configuredKey: null }), code('KEY_PERMISSIONS'));
  }
});

test('a key directory that others can enter is refused', { skip: POSIX }, async (t) => {
  const stateDir = temp(t);
  mkdirSync(join(stateDir, 'keys'));
  chmodSync(join(stateDir, 'keys'), 0o755);
  await assert.rejects(openSigner({ stateDir, configuredKey: null }), code('KEY_PERMISSIONS'));
});

test('omk’s own key is not taken through a link', { skip: POSIX }, async (t) => {
  const stateDir = temp(t);
  const other = temp(t);
  await openSigner({ stateDir: other, configuredKey: null });
  mkdirSync(join(stateDir, 'keys'), { mode: 0o700 });
  symlinkSync(join(other, 'keys', 'omk-ed25519'), join(stateDir, 'keys', 'omk-ed25519'));
  await assert.rejects(openSigner({ stateDir, configuredKey: null }), code('KEY_UNUSABLE'));
});

const generate = (path: string, type: string, passphrase: string): void => {
  const done = runTool(['ssh-keygen', '-q', '-t', type, '-N', passphrase, '-C', 'somebody', '-f', path]);
  assert.equal(done.status, 0, done.text);
};

test('the user’s own OpenSSH key signs, under the fingerprint ssh-keygen gives it', { skip: sshKeygen }, async (t) => {
  const stateDir = temp(t);
  const path = join(stateDir, 'id');
  generate(path, 'ed25519', '');
  const signer = await openSigner({ stateDir, configuredKey: path });
  const shown = runTool(['ssh-keygen', '-l', '-f', `${path}.pub`]).text;
  assert.ok(shown.includes(signer.keyid), shown);
  const line = readFileSync(`${path}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  assert.ok(signer.publicKey.ssh.startsWith(`${line} `));
  assert.equal((await localPublicKey({ stateDir, configuredKey: path }))?.keyid, signer.keyid);
});

test('keys that cannot be used are refused with a reason', { skip: sshKeygen }, async (t) => {
  const stateDir = temp(t);
  generate(join(stateDir, 'secret'), 'ed25519', 'a passphrase');
  generate(join(stateDir, 'ecdsa'), 'ecdsa', '');
  generate(join(stateDir, 'good'), 'ed25519', '');
  const good = readFileSync(join(stateDir, 'good'), 'utf8');
  writeFileSync(
    join(stateDir, 'cut'),
    `${good.split('\n').slice(0, 3).join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`,
    { mode: 0o600 },
  );
  writeFileSync(join(stateDir, 'text'), 'hello', { mode: 0o600 });
  const wanted: readonly (readonly [string, RegExp])[] = [
    ['secret', /passphrase/],
    ['ecdsa', /not an Ed25519 key/],
    ['cut', /cut short or damaged/],
    ['text', /not an OpenSSH private key/],
    ['good.pub', /can be used by others|not an OpenSSH/],
    ['absent', /does not exist/],
  ];
  for (const [name, sentence] of wanted)
    await assert.rejects(openSigner({ stateDir, configuredKey: join(stateDir, name) }), sentence, name);
});
