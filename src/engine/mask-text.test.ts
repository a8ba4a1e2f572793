import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SECRETS } from '../domain/testing/secret-corpus.ts';
import { openSecrets } from '../world/secrets/open.ts';
import { maskText } from './mask-text.ts';

const secrets = openSecrets({ env: { SERVICE_TOKEN: 'not-of-any-shape-1234' } });

test('text of a person is kept without secrets of a known shape and of the environment', async () => {
  const token = SECRETS['GitHub token'] ?? '';
  const text = `Log in with ${token} or not-of-any-shape-1234, then add a flag --token.`;
  assert.equal(await maskText({ secrets }, text), 'Log in with [redacted] or [redacted], then add a flag --token.');
  assert.equal(await maskText({ secrets }, 'Make the failing test pass'), 'Make the failing test pass');
});
