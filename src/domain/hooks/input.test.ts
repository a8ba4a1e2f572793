import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHookInput } from './input.ts';

test('the input of a hook is what all agents write alike', () => {
  assert.deepEqual(
    readHookInput('{"hook_event_name":"Stop","session_id":"s","cwd":"/p","stop_hook_active":true,"x":1}'),
    {
      event: 'stop',
      session: 's',
      folder: '/p',
      isFirst: false,
    },
  );
  const events = ['SessionStart', 'Stop', 'AfterAgent', 'PreToolUse', 'toString'];
  assert.deepEqual(
    events.map((name) => readHookInput(JSON.stringify({ hook_event_name: name })).event),
    ['start', 'stop', 'stop', 'other', 'other'],
  );
});

test('no input, and values of another kind, are a stop of which nothing is known', () => {
  const nothing = { event: 'stop', session: null, folder: null, isFirst: null };
  for (const text of ['', ' \n', '{}', '{"session_id":7,"cwd":"","stop_hook_active":"yes"}'])
    assert.deepEqual(readHookInput(text), nothing, text);
});

test('what is no JSON object is refused', () => {
  for (const text of ['done', '[]', 'null', '"x"'])
    assert.throws(() => readHookInput(text), { code: 'HOOK_INPUT_INVALID' });
});
