import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedEvent } from '../../../../domain/goal/event.ts';
import { sessionsOf } from './budget.ts';

test('spending that cannot be read is shown as none, and said', () => {
  const at = { v: 1, seq: 1, ts: '2026-01-31T12:00:00.000Z', prev: '0'.repeat(64) } as const;
  const started: LoggedEvent = { ...at, type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/w' } };
  const usage = {
    key: 'k',
    name: 'attempt-1',
    sessionType: 'attempt',
    inputTokens: 'many',
    outputTokens: '1',
    picoUsd: null,
    priced: null,
    model: null,
  };
  const broken = { ...at, type: 'usage.recorded', data: usage } as unknown;
  const said: string[] = [];
  const output = { err: (text: string) => void said.push(text) };
  assert.equal(sessionsOf([started], output).length, 1);
  assert.deepEqual(said, []);
  assert.deepEqual(sessionsOf([started, broken as LoggedEvent], output), []);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /cannot be read \(not a stored count: many\); what was spent is shown as 0$/);
});
