import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { secretValues } from '../../../domain/secrets/known.ts';
import { maskFor } from './mask.ts';
import { openRecording } from './record.ts';

const dir = mkdtempSync(join(tmpdir(), 'omk-record-'));
after(() => rmSync(dir, { recursive: true, force: true }));

const lines = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('secrets of the environment and shaped like one do not reach the file, whatever they contain', () => {
  const file = join(dir, 'secrets');
  const secret = 'qu"ote\\back\nline-é';
  const recording = openRecording(file, maskFor([secret]), () => 7.4, 1e6);
  recording.message('agent->client', {
    method: 'x',
    params: { [secret]: [`a ${secret} b`, 'sk-0123456789abcdef0123'] },
  });
  recording.message('agent->client', { key: '-----BEGIN RSA PRIVATE KEY-----\nabc', after: 1 });
  recording.raw('agent->client', `not json ${secret}`);
  recording.close();
  assert.deepEqual(lines(file), [
    { ms: 7, dir: 'agent->client', msg: { method: 'x', params: { '[redacted]': ['a [redacted] b', '[redacted]'] } } },
    { ms: 7, dir: 'agent->client', msg: { key: '[redacted]', after: 1 } },
    { ms: 7, dir: 'agent->client', raw: 'not json [redacted]' },
  ]);
});

test('a recording stops at its cap and says how much is missing', () => {
  const file = join(dir, 'capped');
  const recording = openRecording(file, maskFor([]), () => 0, 120);
  for (let n = 0; n < 5; n += 1) recording.message('client->agent', { n, fill: 'x'.repeat(20) });
  recording.close();
  assert.deepEqual(lines(file).at(-1), { ms: 0, dir: 'note', missing: 4 });
  assert.equal(lines(file).length, 2);
});

test('variables are secret by their name, and addresses by the password in them', () => {
  const env = {
    HTTPS_PROXY: 'http://me:hunter2hunter2@proxy:8080',
    HTTP_PROXY: 'http://proxy:8080',
    OPENAI_API_KEY: 'k'.repeat(9),
    PATH: '/usr/bin:/bin',
    GH_TOKEN: 'short',
    db_password: 'p'.repeat(8),
  };
  assert.deepEqual(secretValues(env), ['hunter2hunter2', 'k'.repeat(9), 'p'.repeat(8)]);
});

test('a secret that comes in two pieces of a text is masked where they meet, and no word is lost', () => {
  const file = join(dir, 'pieces');
  const recording = openRecording(file, maskFor(['correct horse battery']), () => 0, 1e6);
  const chunk = (text: string, kind = 'agent_message_chunk'): unknown => ({
    method: 'session/update',
    params: { sessionId: 's', update: { sessionUpdate: kind, content: { type: 'text', text } } },
  });
  for (const text of [
    'The key is sk-0123456789',
    'abcdef0123, and the',
    ' words are correct ho',
    'rse battery. A',
    ' s',
  ])
    recording.message('agent->client', chunk(text));
  recording.message('agent->client', chunk('correct horse', 'agent_thought_chunk'));
  recording.message('agent->client', { method: 'other' });
  recording.message('agent->client', chunk('ghp'));
  recording.close();
  const texts = lines(file).map((line) => JSON.stringify(line).match(/"text":"([^"]*)"/)?.[1] ?? '|');
  assert.equal(texts.join(''), 'The key is [redacted], and the words are [redacted]. A scorrect horse|ghp');
});
