import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pipAccess } from './access.ts';

const home = mkdtempSync(join(tmpdir(), 'omk-pip-access-'));
after(() => rmSync(home, { recursive: true, force: true }));
mkdirSync(join(home, '.config', 'pip'), { recursive: true });
mkdirSync(join(home, 'wheels'));
const CONFIG = `
[global]
index-url = https://user:password@pypi.example.com/simple
extra-index-url =
    https://other:password@one.example.com
    https://two.example.com
target = /tmp/elsewhere
[download]
timeout = 7
`;
writeFileSync(join(home, '.config', 'pip', 'pip.conf'), CONFIG);
const user = {
  HOME: home,
  PIP_FIND_LINKS: join(home, 'wheels'),
  PIP_TARGET: '/tmp/elsewhere',
  HTTPS_PROXY: 'http://me:mine@proxy:8080',
  SECRET: 'x',
};

test('the base reaches the index as the user does, and nothing leads the installation elsewhere', () => {
  const { env, files, secrets } = pipAccess(user, 'base');
  assert.equal(env['PIP_INDEX_URL'], 'https://user:password@pypi.example.com/simple');
  assert.equal(env['PIP_EXTRA_INDEX_URL'], 'https://other:password@one.example.com https://two.example.com');
  assert.ok(files.includes(join(home, 'wheels')));
  assert.ok(secrets.includes('password') && secrets.includes('mine'));
  for (const name of ['PIP_TARGET', 'PIP_TIMEOUT', 'SECRET', 'HOME']) assert.equal(name in env, false, name);
});

test('T14 a candidate reaches the index without credentials', () => {
  const { env } = pipAccess(user, 'candidate');
  assert.equal(env['PIP_INDEX_URL'], 'https://pypi.example.com/simple');
  assert.equal(env['HTTPS_PROXY'], 'http://proxy:8080');
  assert.doesNotMatch(JSON.stringify(env), /password|mine/);
});
