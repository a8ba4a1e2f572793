import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../../testing/fast-check.ts';
import { readError, type AgentError } from './classify.ts';
import type { ErrorKind } from './tables.ts';

const errorKind = (error: AgentError): ErrorKind => readError(error).kind;
const internal = (data: unknown, message = 'Internal error'): ErrorKind => errorKind({ code: -32603, message, data });

/** What providers and agents document, or were seen to send. */
const KNOWN: Readonly<Record<ErrorKind, readonly unknown[]>> = {
  usage_limit: [
    { status: 429 },
    { errorKind: 'rate_limit' },
    { error: { type: 'rate_limit_error', message: 'x' } },
    { message: '{"error":{"message":"x","type":"insufficient_quota","code":"insufficient_quota"}}' },
    { codex_error_info: 'usage_limit_exceeded' },
    { codexErrorInfo: { usageLimitExceeded: null } },
    { error: { code: 429, status: 'RESOURCE_EXHAUSTED', details: [] } },
    { code: 'Throttling.RateQuota' },
    '429 {"type":"error","error":{"type":"rate_limit_error"}}',
    '429 Rate limit reached for gpt-5',
    'API Error: 429 Too Many Requests',
    '[API Error: You exceeded your current quota, please check your plan and billing details]',
    'exceeded retry limit, last status: 429 Too Many Requests',
    'Request failed with status code 429',
    'provider.rate_limit: 429 slow down',
    'Claude AI usage limit reached|1788876000',
    "You've hit your limit · resets 2:40pm (Europe/Berlin)",
    'You’ve hit your session limit',
    "You've hit your usage limit. Try again in 2 hours.",
    '5-hour limit reached ∙ resets 3pm',
    'You have exhausted your capacity on this model. Your quota will reset after 4h12m33s.',
    'This request would exceed your rate limit',
    'Your account org-x request reached organization max RPM: 3, please try again after 1 seconds',
    'usage_limit_reached',
    'the plan of this month is used up: the usage limit resets in 3 hours',
  ],
  not_logged_in: [
    { status: 401 },
    { statusCode: 403 },
    { errorKind: 'authentication_failed' },
    { codex_error_info: 'unauthorized' },
    { error: { status: 'UNAUTHENTICATED' } },
    { error: { type: 'invalid_request_error', code: 'invalid_api_key' } },
    'unexpected status 401 Unauthorized: Missing bearer',
    'Not logged in · Please run /login',
    'Invalid API key · Please run /login',
    'Incorrect API key provided: sk-x',
    'OAuth token has expired. Please obtain a new token.',
    'Please log in',
  ],
  overloaded: [
    { status: 529 },
    { status: 503 },
    { error: { type: 'overloaded_error', message: 'Overloaded' } },
    { error: { code: 503, status: 'UNAVAILABLE' } },
    { code: 'ECONNRESET' },
    { cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } },
    { codex_error_info: { response_stream_disconnected: { http_status_code: null } } },
    'API Error: 529 {"type":"error","error":{"type":"overloaded_error"}}',
    'API Error: Connection error.',
    'API Error (Request timed out.)',
    'read ECONNRESET',
    'connect ETIMEDOUT 192.0.2.1:443',
    'fetch failed',
    'got status: 503 Service Unavailable. {"error":{"code":503}}',
    'The model is overloaded. Please try again later.',
    'stream disconnected before completion: error sending request',
  ],
  other: [
    null,
    { errorKind: 'unknown' },
    { status: 400, error: { type: 'invalid_request_error', message: 'the rate limit of this test resets in 3 s' } },
    'cannot parse src/billing/quota.ts, line 12',
    'TypeError at dist/index.js:429:17',
    'cannot read src/authentication.ts: EACCES',
    'tool edit failed: rateLimit is not defined in rate-limit.ts',
    'src/rate-limit.ts: the quota is not exported; retry 3 times',
    '429 tests failed',
    '503 files changed',
    'expected status 429, got 200',
    'test "not logged in" failed in auth.test.ts',
    'write /tmp/x: disk quota exceeded',
    'Disk quota exceeded',
    'command failed with exit status 401',
    'timeout.ts: the overloaded function has no body',
    'rate-limit: cannot find module',
    'context limit exceeded',
    'model not found: 4290',
  ],
};

suite('an error of an agent', () => {
  for (const [kind, list] of Object.entries(KNOWN))
    for (const data of list)
      test(`${JSON.stringify(data)} is ${kind}`, () => {
        assert.equal(internal(data), kind);
        if (typeof data !== 'string') return;
        assert.equal(internal({ details: data }), kind, 'as details');
        assert.equal(internal(null, `Internal error: ${data}`), kind, 'as the message');
      });

  test('the status as code of the protocol counts, and its own code for a login where nothing else does', () => {
    const coded = (code: number, message = 'x'): ErrorKind => errorKind({ code, message, data: null });
    assert.deepEqual(
      [429, 401, 503, 400, -32000, -32603].map((code) => coded(code)),
      ['usage_limit', 'not_logged_in', 'overloaded', 'other', 'not_logged_in', 'other'],
    );
    assert.equal(coded(-32000, 'Rate limit exceeded'), 'usage_limit');
  });

  test('a sentence alone is told from a sign of a machine', () => {
    const by = (data: unknown, code = -32603): string => readError({ code, message: 'Internal error', data }).by;
    for (const text of [
      'Not logged in · Please run /login',
      'Please log in',
      "You've hit your limit · resets 2:40pm (Europe/Berlin)",
      'Claude AI usage limit reached|1788876000',
      'the plan of this month is used up: the usage limit resets in 3 hours',
      'fetch failed',
    ]) {
      assert.equal(by(text), 'sentence', text);
      assert.equal(by({ details: text }), 'sentence', text);
    }
    for (const sign of [
      { status: 401 },
      { errorKind: 'authentication_failed' },
      'unexpected status 401 Unauthorized: Missing bearer',
      'API Error: 429 Too Many Requests',
      '{"error":{"type":"overloaded_error"}}',
      { code: 'ECONNRESET' },
    ])
      assert.equal(by(sign), 'sign', JSON.stringify(sign));
    assert.equal(by(null, -32000), 'sign', "the protocol's own code");
    assert.equal(by('Rate limit exceeded', -32000), 'sentence', 'a code for a login says nothing of limits');
  });

  test('a type is more exact than a status', () => {
    assert.equal(internal({ status: 429, error: { type: 'overloaded_error' } }), 'overloaded');
  });

  test('file names and source lines never make a cause outside', () => {
    const name = fc.constantFrom(
      'quota',
      'rate-limit',
      'billing',
      'auth',
      'unauthorized',
      'overloaded',
      '429',
      '401',
      'login',
      'usage_limit',
    );
    const path = fc.tuple(
      name,
      fc.constantFrom('src/', 'test/', './', ''),
      fc.constantFrom('.ts', '.py', '/index.js', '.test.ts'),
    );
    const verb = fc.constantFrom(
      'cannot parse',
      'Error: cannot open',
      'TypeError at',
      'failed to edit',
      'ENOENT: no such file,',
    );
    fc.assert(
      fc.property(verb, path, fc.nat(600), (what, [word, folder, end], line) => {
        const text = `${what} ${folder}${word}${end}:${line}:${line}`;
        assert.equal(internal({ details: text }), 'other', text);
        assert.equal(internal(null, text), 'other', text);
      }),
    );
  });

  test('is read in linear time', () => {
    for (const part of ['error: ', '[', '{"a":', 'you have ', 'limit ', '1-hour ', 'your '])
      internal({ details: part.repeat(100_000 / part.length) });
  });

  test('of any shape is of some kind', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (data, message) =>
        ['usage_limit', 'not_logged_in', 'overloaded', 'other'].includes(internal(data, message)),
      ),
    );
  });
});
