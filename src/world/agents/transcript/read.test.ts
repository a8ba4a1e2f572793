import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fc } from '../../../domain/testing/fast-check.ts';
import type { Entry } from './entry.ts';
import { readTranscript } from './read.ts';

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, '../acp/fixtures', name), 'utf8');
const line = (dir: 'client->agent' | 'agent->client', msg: unknown, ms = 1): string => JSON.stringify({ ms, dir, msg });
const prompt = line('client->agent', {
  id: 3,
  method: 'session/prompt',
  params: { prompt: [{ type: 'text', text: 'Do it' }] },
});
const update = (value: unknown, ms?: number): string =>
  line('agent->client', { method: 'session/update', params: { sessionId: 's', update: value } }, ms);
const says = (text: string): string =>
  update({ sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } });
const of = (...lines: readonly string[]): readonly Entry[] => readTranscript(lines.join('\n'));

test('a replayed session before the prompt is not of the turn; pieces of a text are one', () => {
  assert.deepEqual(
    of(
      says('old'),
      prompt,
      says('new '),
      says('words'),
      line('agent->client', { id: 3, result: { stopReason: 'end_turn' } }),
    ),
    [
      { ms: 1, kind: 'prompt', text: 'Do it' },
      { ms: 1, kind: 'says', text: 'new words' },
      { ms: 1, kind: 'end', stopReason: 'end_turn' },
    ],
  );
});

test('a tool call is one entry where it began, with its last state, its output and its diff', () => {
  const entries = of(
    prompt,
    update(
      { sessionUpdate: 'tool_call', toolCallId: 't', title: 'edit', status: 'pending', rawInput: { command: 'sed x' } },
      5,
    ),
    says('meanwhile'),
    update({
      sessionUpdate: 'tool_call_update',
      toolCallId: 't',
      status: 'completed',
      content: [
        { type: 'diff', path: '/R/a', oldText: 'x\n', newText: 'y\n' },
        { type: 'content', content: { type: 'text', text: 'done' } },
      ],
    }),
  );
  assert.deepEqual(entries[1], {
    ms: 5,
    kind: 'tool',
    id: 't',
    title: 'edit',
    status: 'completed',
    input: 'sed x',
    output: 'done',
    diffs: [{ path: '/R/a', before: 'x\n', after: 'y\n' }],
  });
  assert.equal(entries.length, 3);
});

test('a question, with the answer omk gave; a file omk wrote; an error; what was not recorded', () => {
  assert.deepEqual(
    of(
      prompt,
      line('agent->client', {
        id: 'p',
        method: 'session/request_permission',
        params: { toolCall: { title: 'Bash' }, options: [{ optionId: 'o', name: 'Once', kind: 'allow_once' }] },
      }),
      line('client->agent', { id: 'p', result: { outcome: { outcome: 'selected', optionId: 'o' } } }),
      line('agent->client', { id: 9, method: 'fs/write_text_file', params: { path: '/R/b', content: 'a\nb' } }),
      line('agent->client', { id: 3, error: { code: -1, message: 'broke', data: { x: 1 } } }),
      JSON.stringify({ ms: 1, dir: 'agent->client', raw: 'Welcome' }),
      JSON.stringify({ ms: 1, dir: 'note', missing: 7 }),
    ).slice(1),
    [
      { ms: 1, kind: 'permission', title: 'Bash', answer: 'Once' },
      { ms: 1, kind: 'file', use: 'write', path: '/R/b', lines: 2 },
      { ms: 1, kind: 'error', text: 'broke {"x":1}' },
      { ms: 1, kind: 'stray', text: 'Welcome\n' },
      { ms: 1, kind: 'missing', messages: 7 },
    ],
  );
});

for (const name of ['kimi-session.ndjson', 'opencode-ask-session.ndjson'])
  test(`a recorded session is read: ${name}`, () => {
    const entries = readTranscript(fixture(name));
    const tools = entries.flatMap((entry) => (entry.kind === 'tool' ? [entry] : []));
    assert.ok(
      tools.some(({ diffs }) => diffs.some(({ after }) => after.includes('beta line'))),
      'the edit',
    );
    assert.ok(
      tools.some(({ output }) => output.includes('shell-ran')),
      'the output of a command',
    );
    assert.ok(entries.some((entry) => entry.kind === 'says' && entry.text.includes('Reading README.')));
    assert.ok(entries.some((entry) => entry.kind === 'permission' && /once/iu.test(entry.answer)));
    assert.ok(entries.some((entry) => entry.kind === 'end'));
  });

test('any lines at all are read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.json())),
      (lines) => readTranscript([prompt, ...lines].join('\n')).length >= 1,
    ),
  );
});
