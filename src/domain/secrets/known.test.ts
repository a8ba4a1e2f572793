import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { nameFindings } from './finding.ts';
import { secretValues } from './known.ts';
import { isPlaceholder } from './placeholder.ts';

const VALUE = 'v'.repeat(8);

suite('the secret values of an environment', () => {
  const SECRET = ['API_KEY', 'api_key', 'GH_TOKEN', 'CLIENT_SECRET', 'PGPASSWORD', 'SSH_PASSPHRASE', 'AWS_CREDENTIALS'];
  const MORE = ['NPM_AUTH', 'BASIC_AUTH', 'COOKIE', 'SESSION_COOKIE_FILES', 'TOKEN_PATHS'];
  for (const name of [...SECRET, ...MORE])
    test(`${name} is one`, () => assert.deepEqual(secretValues({ [name]: VALUE }), [VALUE]));
  const PLAIN = [
    'PATH',
    'HOME',
    'GIT_AUTHOR',
    'GIT_AUTHOR_NAME',
    'SSH_AUTH_SOCK',
    'TOKEN_FILE',
    'KEY_PATH',
    'SECRET_DIR',
    'key_file',
  ];
  for (const name of PLAIN) test(`${name} is none`, () => assert.deepEqual(secretValues({ [name]: VALUE }), []));

  test('a short value is none: to mask it would make text unreadable', () => {
    assert.deepEqual(secretValues({ API_KEY: 'v'.repeat(7) }), []);
    assert.deepEqual(secretValues({ API_KEY: undefined }), []);
  });

  const ADDRESSES: readonly (readonly [string, readonly string[]])[] = [
    ['postgres://me:passw0rd@db/x', ['passw0rd']],
    ['HTTPS://me:passw0rd@host', ['passw0rd']],
    ['git+ssh://:passw0rd@host', ['passw0rd']],
    ['see postgres://me:passw0rd@db', []],
    ['1a://me:passw0rd@db', []],
    ['https://me@host:12345678/x', []],
    ['https://host/a:passw0rd@b', []],
    ['https://a:bb:passw0rd@host', ['bb:passw0rd']],
  ];
  for (const [address, passwords] of ADDRESSES)
    test(`the passwords of ${address}`, () => assert.deepEqual(secretValues({ DATABASE_URL: address }), passwords));

  test('an address under a secret name is one as well as its password', () =>
    assert.deepEqual(secretValues({ DB_KEY: 'a://b:passw0rd@c' }), ['a://b:passw0rd@c', 'passw0rd']));

  test('each long line of a key counts on its own, its head and its foot do not', () => {
    const line = 'k'.repeat(16);
    for (const end of ['\n', '\r\n']) {
      const key = [
        '-----BEGIN PRIVATE KEY-----',
        line,
        'k'.repeat(15),
        `${line}-----`,
        '-----END PRIVATE KEY-----',
      ].join(end);
      assert.deepEqual(secretValues({ KEY: key }), [key, line, `${line}-----`]);
    }
    assert.deepEqual(secretValues({ KEY: line }), [line]);
  });
});

test('property: ten findings are named and the rest is counted, none by its value', () =>
  fc.assert(
    fc.property(fc.nat({ max: 25 }), (count) => {
      const text = nameFindings(
        Array.from({ length: count }, (_, at) => ({ path: `a${at}`, line: at + 1, kind: 'token' })),
      );
      assert.equal([...text.matchAll(/a\d+:\d+ \(token\)/g)].length, Math.min(count, 10));
      assert.equal(/ and (\d+) more$/.exec(text)?.[1], count > 10 ? String(count - 10) : undefined);
    }),
  ));

test('what stands for a secret is none', () => {
  for (const value of [
    'your-key-here',
    'xxxxxxxx',
    'abcabcabc',
    'sk-aaabbbcccd',
    'postgres://u:longer9z@localhost/x',
    'a://u:test@db.prod.io',
  ])
    assert.equal(isPlaceholder(value), true, value);
  for (const value of ['abcdef', 'sk-abcdef', 'k1-sk-aabb', 'postgres://u:longer9z@db.prod.io/x'])
    assert.equal(isPlaceholder(value), false, value);
});
