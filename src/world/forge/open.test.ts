import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { forgeConformance, type OpenedForge } from './testing/conformance.ts';
import { apiBase, isGitHub, tokenFor } from './github/host.ts';
import { openForge } from './open.ts';
import type { ForgeRepository } from './port.ts';
import { writeFakeGh } from './testing/fake-gh.ts';
import { startFakeGitHub } from './testing/fake-github.ts';
import { commitTo } from './testing/git.ts';

const PLACE = { host: 'github.com', owner: 'octo', name: 'calc' };

async function opened(t: TestContext, through: 'gh' | 'token'): Promise<OpenedForge> {
  const dir = mkdtempSync(join(tmpdir(), 'omk-forge-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const github = await startFakeGitHub(join(dir, 'calc.git'));
  t.after(() => github.close());
  commitTo(github.repo.git, 'main', 'a', 'a');
  const as = async (token: string): Promise<ForgeRepository> => {
    const env =
      through === 'gh'
        ? { PATH: writeFakeGh(join(dir, token), { url: github.url, host: 'github.com', token }) }
        : {
            PATH: join(dir, 'nothing'),
            GH_TOKEN: token,
            GITHUB_SERVER_URL: 'https://github.com',
            GITHUB_API_URL: github.url,
          };
    const forge = await openForge({ env }).at(PLACE);
    assert.ok(forge);
    return forge;
  };
  return { forge: await as('token-that-may-push'), github, as };
}

forgeConformance('GitHub with a token', (t) => opened(t, 'token'));
forgeConformance('GitHub through gh', (t) => opened(t, 'gh'));

test('a place that is on no known forge is none, and GitHub without a login is said', async () => {
  const forge = openForge({ env: { PATH: '/nonexistent' } });
  assert.equal(await forge.at({ ...PLACE, host: 'gitlab.com' }), null);
  await assert.rejects(forge.at(PLACE), { code: 'FORGE_NO_LOGIN', exit: 4 });
});

test('a token goes only to the host that it is for, and never without encryption', () => {
  const env = { GH_TOKEN: 'dotcom', GH_ENTERPRISE_TOKEN: 'server', GH_HOST: 'git.example.org' };
  assert.equal(tokenFor('github.com', env), 'dotcom');
  assert.equal(tokenFor('git.example.org', env), 'server');
  assert.equal(tokenFor('git.example.org', { GH_TOKEN: 'dotcom' }), null);
  const runner = {
    GITHUB_TOKEN: 't',
    GITHUB_SERVER_URL: 'https://ghe.example.org',
    GITHUB_API_URL: 'https://ghe.example.org/api/v3',
  };
  assert.equal(tokenFor('ghe.example.org', runner), 't');
  assert.equal(apiBase('ghe.example.org', runner), 'https://ghe.example.org/api/v3');
  assert.equal(apiBase('github.com', runner), 'https://api.github.com');
  assert.equal(apiBase('octo.ghe.com', {}), 'https://api.octo.ghe.com');
  assert.equal(isGitHub('git.example.org', env), true);
  assert.equal(isGitHub('gitlab.com', env), false);
  const plain = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: 'http://api.example.org' };
  assert.throws(() => apiBase('github.com', plain), { code: 'FORGE_INSECURE' });
});
