import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setImmediate as tick } from 'node:timers/promises';
import { test } from 'node:test';
import type { AnyMessage } from '@agentclientprotocol/sdk';
import type { Incoming } from './message.ts';
import { openWire } from './wire.ts';

function open() {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const recorded: string[] = [];
  const messages: Incoming[] = [];
  const recording = {
    message: (dir: string, msg: unknown) => void recorded.push(`${dir} ${JSON.stringify(msg)}`),
    raw: (dir: string, line: string) => void recorded.push(`${dir} raw ${line}`),
    close: () => undefined,
  };
  const strays: string[] = [];
  const wire = openWire({
    stdin,
    stdout,
    recording,
    onMessage: (message) => messages.push(message),
    onStray: (text) => strays.push(text),
  });
  const writer = wire.stream.writable.getWriter();
  const reader = wire.stream.readable.getReader();
  const agent = (...lines: readonly unknown[]): void =>
    void stdout.write(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return { stdin, stdout, strays, recorded, messages, wire, writer, reader, agent };
}

test('the library gets requests and the answers it waits for; the recording gets all', async () => {
  const { wire, writer, reader, agent, recorded, messages, stdout } = open();
  const pumped = wire.pump();
  await writer.write({ jsonrpc: '2.0', id: 1, method: 'initialize', params: {} });
  agent(
    'Welcome!',
    { jsonrpc: '2.0', method: 'session/update', params: { new: 'kind' } },
    { id: 9, result: 'nobody asked' },
    [1],
    { jsonrpc: '2.0', id: 1, result: 'ok' },
    { jsonrpc: '2.0', id: 'p', method: 'ask' },
  );
  stdout.end();
  await pumped;
  const got: (AnyMessage | undefined)[] = [(await reader.read()).value, (await reader.read()).value];
  assert.deepEqual(got, [
    { jsonrpc: '2.0', id: 1, result: 'ok' },
    { jsonrpc: '2.0', id: 'p', method: 'ask', params: undefined },
  ]);
  assert.deepEqual(
    messages.map(({ kind }) => kind),
    ['notification', 'result', 'result', 'request'],
  );
  assert.equal(recorded.length, 7);
  assert.equal(recorded[1], 'agent->client raw Welcome!');
});

test('bytes before a message are told and recorded, and the message is handled', async () => {
  const { wire, agent, messages, strays, recorded, stdout } = open();
  const pumped = wire.pump();
  agent('\u001b]0;agent: ready\u0007{"jsonrpc":"2.0","id":"p","method":"ask"}');
  stdout.end();
  await pumped;
  assert.deepEqual([messages.map(({ kind }) => kind), strays], [['request'], ['\u001b]0;agent: ready\u0007']]);
  assert.equal(recorded.length, 2);
});

test('an agent that asks without listening is not read on, and is again once it is answered', async () => {
  const { wire, writer, agent, messages } = open();
  void wire.pump();
  agent(...Array.from({ length: 500 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'fs/read_text_file' })));
  for (let turns = 0; turns < 50; turns += 1) await tick();
  assert.equal(messages.length, 64);
  for (let id = 0; id < 10; id += 1) await writer.write({ jsonrpc: '2.0', id, result: {} });
  for (let turns = 0; turns < 50; turns += 1) await tick();
  assert.equal(messages.length, 74);
});

test('writing to an agent that is gone neither hangs nor throws', async () => {
  const { writer, stdin } = open();
  stdin.destroy();
  await writer.write({ jsonrpc: '2.0', method: 'session/cancel' });
});
