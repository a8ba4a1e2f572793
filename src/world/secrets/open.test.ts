import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HARMLESS, letters, MORE_SECRETS, SECRETS } from '../../domain/testing/secret-corpus.ts';
import { openSecrets } from './open.ts';
import { partsOf } from './parts.ts';

const secrets = openSecrets({ env: { AGENT_API_KEY: 'correct horse battery', HOME: '/home/me-and-you' } });
const kinds = async (text: string | Uint8Array, path = 'src/a.js'): Promise<readonly string[]> =>
  (await secrets.scan({ path, content: typeof text === 'string' ? Buffer.from(text) : text })).map(({ kind }) => kind);

suite('scanning a file for secrets', () => {
  for (const [name, secret] of Object.entries({ ...SECRETS, ...MORE_SECRETS }))
    test(`finds a ${name} once`, async () => assert.equal((await kinds(`a = 1\n${secret}\n`)).length, 1));

  for (const [name, text] of Object.entries(HARMLESS))
    test(`leaves a ${name} alone`, async () => assert.deepEqual(await kinds(text), []));

  test('knows the values of the environment that are secret by name', async () => {
    assert.deepEqual(await kinds('say "correct horse battery" at /home/me-and-you'), [
      "a value of the user's environment",
    ]);
  });

  test('keeps nothing of what it scanned', async () => {
    await kinds('a = 1');
    assert.deepEqual(performance.getEntriesByType('mark'), []);
  });

  test('heeds no comment that switches it off', async () => {
    const token = SECRETS['GitHub token'] ?? '';
    assert.equal(
      (await kinds(`/* secretlint-disable */\n// gitleaks:allow\n${token} // pragma: allowlist secret\n`)).length,
      1,
    );
    assert.equal((await kinds(`/* secretlint-disable */\n${MORE_SECRETS['AWS secret key'] ?? ''}\n`)).length, 1);
  });

  test('reads bytes of other encodings too', async () => {
    const token = SECRETS['npm token'] ?? '';
    assert.equal((await kinds(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(token, 'utf16le')]))).length, 1);
    assert.equal((await kinds(Buffer.from(`\u0001 ${token}`, 'utf16le'))).length, 1);
    assert.equal(
      (await kinds(Buffer.concat([Buffer.from([0, 0xc3, 0x28, 0xfe]), Buffer.from(` ${token} `)]))).length,
      1,
    );
  });

  test('a long file is searched to its end, and where its parts meet', async () => {
    const token = MORE_SECRETS['database address'] ?? '';
    const filler = 'const answer = 42;\n'.repeat(27_593);
    const before = filler.slice(0, 512 * 1024 - 20).replace(/[^\n]*$/, '');
    assert.equal((await kinds(`${before}${token}\n${filler}${token}x\n`)).length, 2);
  });
});

test('parts cover the whole text, and share their ends', () => {
  const text = letters(1000);
  const parts = partsOf(text, 300, 50);
  assert.equal(parts.map(({ text: part, from }) => (from === 0 ? part : part.slice(50))).join(''), text);
  for (const { text: part, from } of parts) assert.equal(text.slice(from, from + part.length), part);
  assert.equal(partsOf('').length, 1);
});
