import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOfStatus, kindOfType, type ErrorKind } from './tables.ts';

test('each status of HTTP is one kind of error, or says nothing', () => {
  const SAID: Readonly<Record<ErrorKind, readonly number[]>> = {
    usage_limit: [402, 429],
    not_logged_in: [401, 403],
    overloaded: [408, 500, 501, 502, 503, 504, 529],
    other: [400, 404, 405, 407, 409, 428, 430, 499],
  };
  for (const [kind, statuses] of Object.entries(SAID))
    for (const status of statuses) assert.equal(kindOfStatus(status), kind, String(status));
  for (const status of [0, 100, 200, 302, 399, 505, 528, 530, 599])
    assert.equal(kindOfStatus(status), null, String(status));
});

test('a type is one in whatever case it is written, and a sentence is none', () => {
  for (const type of ['rate_limit_exceeded', 'RATE_LIMIT_EXCEEDED', 'rateLimitExceeded', 'rate.limit.exceeded'])
    assert.equal(kindOfType(type), 'usage_limit', type);
  assert.equal(kindOfType('UNAUTHENTICATED'), 'not_logged_in');
  assert.equal(kindOfType('ECONNRESET'), 'overloaded');
  for (const text of [
    'unavailable now',
    '_unavailable',
    '1overloaded',
    'ab',
    'never_heard_of',
    `${'x'.repeat(62)}`,
    '',
  ])
    assert.equal(kindOfType(text), null, text);
});
