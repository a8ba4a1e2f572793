import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kimi } from '../presets/kimi.ts';
import { outcomeOfAnswer, outcomeOfError, outcomeOfStop } from './outcome.ts';

const reasonOf = (code: number | null, message: string, data: unknown = null): string => {
  const outcome = outcomeOfError({ code, message, data }, kimi, 'found');
  return 'reason' in outcome ? outcome.reason : outcome.kind;
};

test('errors of a login and of a limit are told apart from errors of the agent', () => {
  for (const [code, message] of [
    [-32000, 'Authentication required'],
    [-32000, ''],
    [-32603, '401 {"error":"x"}'],
    [401, 'HTTP 401'],
  ] as const) {
    assert.equal(reasonOf(code, message), 'not_logged_in', message);
  }
  for (const message of [
    'HTTP 429',
    'usage_limit_reached',
    'You exceeded your current quota',
    'Rate limit exceeded',
    'Too Many Requests',
  ]) {
    assert.equal(reasonOf(-32000, message), 'usage_limit', message);
  }
  assert.equal(reasonOf(-32603, 'Internal error', { details: 'status 429' }), 'usage_limit');
  for (const message of ['Internal error', 'model not found: 4290', 'the author of 4010 lines'])
    assert.equal(reasonOf(-32603, message), 'agent_error', message);
});

test('the command that logs in is part of the sentence', () => {
  assert.deepEqual(outcomeOfError({ code: -32000, message: 'Authentication required', data: null }, kimi, 'found'), {
    kind: 'unavailable',
    reason: 'not_logged_in',
    detail: 'Authentication required. Log in with `kimi login`.',
  });
});

test('a sentence about a login decides nothing alone: where omk finds no login either, it is one that is missing', () => {
  const error = { code: null, message: 'Not logged in', data: null };
  for (const login of ['found', 'unknown'] as const)
    assert.deepEqual(outcomeOfError(error, kimi, login), {
      kind: 'failed',
      reason: 'agent_error',
      detail: 'Not logged in (if that means that it is not logged in: log in with `kimi login`)',
    });
  assert.deepEqual(outcomeOfError(error, kimi, 'none'), {
    kind: 'unavailable',
    reason: 'not_logged_in',
    detail: 'Not logged in; no login was found here. Log in with `kimi login`.',
  });
});

test('a limit that only a sentence tells is marked so', () => {
  const outcome = (message: string, data: unknown = null): unknown =>
    outcomeOfError({ code: -32603, message, data }, kimi, 'found');
  assert.deepEqual(outcome('You have hit your usage limit'), {
    kind: 'unavailable',
    reason: 'usage_limit',
    detail: 'You have hit your usage limit',
    said: true,
  });
  assert.doesNotMatch(JSON.stringify(outcome('x', { status: 429 })), /said/);
});

test('an answer without work is a failed turn, whatever its stop reason', () => {
  assert.deepEqual(outcomeOfAnswer('refusal', true), { kind: 'completed', stopReason: 'refusal' });
  for (const reason of ['end_turn', 'cancelled']) assert.equal(outcomeOfAnswer(reason, false).kind, 'failed');
});

test('a program that leaves before it answered is no agent, and the preset says what it needs', () => {
  const context = { stderrTail: 'SyntaxError: bad', preset: kimi, turnTimeoutMs: 1, idleTimeoutMs: 1 };
  const exited = { kind: 'exited', end: { kind: 'exited', code: 1 } } as const;
  assert.match(
    JSON.stringify(outcomeOfStop(exited, { ...context, started: false })),
    /not_acp.*code 1.*Node 22\.19.*SyntaxError: bad/,
  );
  assert.match(JSON.stringify(outcomeOfStop(exited, { ...context, started: true })), /crashed.*SyntaxError: bad/);
});
