import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { valuesIn } from './values.ts';

test('values of assignments, passwords in addresses and long words are not to be shown', () => {
  const text = `# a comment
export API_KEY="k3y-9f8e7d6c"
DATABASE_URL=postgres://app:p4ssw0rd!@db.example/app
{ "token": "AAAABBBBCCCCDDDDEEEE1" }
-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
`;
  const values = valuesIn(text);
  for (const value of ['k3y-9f8e7d6c', 'p4ssw0rd!', 'AAAABBBBCCCCDDDDEEEE1', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'])
    assert.ok(values.includes(value), value);
});

test('plain words, numbers, paths and places on this machine stay readable', () => {
  const text =
    'NODE_ENV=development\nPORT=80808080\nROOT=/var/lib/app\nREDIS=redis://localhost:6379\nHOST=localhost:3000\nON=true\n';
  assert.deepEqual(valuesIn(text), []);
});

test('whatever a file holds, a value is 8 characters or longer and in it', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const value of valuesIn(`NAME=${text}`)) assert.ok(value.length >= 8 && `NAME=${text}`.includes(value));
    }),
  );
});
