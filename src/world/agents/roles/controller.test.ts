import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { suite, test } from 'node:test';
import { openController } from './controller.ts';
import { CALL_BYTES, CALLS } from './limits.ts';

const TOOLS = [{ name: 'plan_submit', description: 'x', inputSchema: { type: 'object' } }];

/** What comes back for each line that is sent, until the other end closes or as many answers came. */
const speak = (path: string, lines: readonly string[], answers = lines.length): Promise<readonly unknown[]> =>
  new Promise((resolve, reject) => {
    let text = '';
    const peer = connect(path, () => peer.write(lines.map((line) => `${line}\n`).join('')));
    const read = (): readonly unknown[] =>
      text
        .split('\n')
        .slice(0, -1)
        .map((line): unknown => JSON.parse(line));
    peer.setEncoding('utf8').on('error', reject);
    peer.on('data', (chunk: string) => {
      text += chunk;
      if (read().length >= answers) peer.end();
    });
    peer.on('close', () => resolve(read()));
  });

const call = (name: string, given: unknown, id = 1): string => JSON.stringify({ id, name, arguments: given });

// A call that is not answered would wait for ever.
suite('the socket of the tools of a turn', { timeout: 20_000 }, () => {
  test('lists its tools, answers calls, and keeps the last of each', async () => {
    const controller = await openController(TOOLS, (_name, given) => ({ isTaken: true, text: given }));
    assert.ok(controller);
    assert.equal(statSync(controller.folder).mode & 0o777, 0o700);
    const said = await speak(controller.socket, [
      JSON.stringify({ id: 7, list: true }),
      call('plan_submit', { a: 1 }),
      call('plan_submit', { a: 2 }),
    ]);
    assert.deepEqual(said[0], { id: 7, tools: TOOLS });
    assert.deepEqual(said.slice(1), [
      { id: 1, isTaken: true, text: '{"a":1}' },
      { id: 1, isTaken: true, text: '{"a":2}' },
    ]);
    assert.deepEqual(controller.handed(), [{ name: 'plan_submit', given: '{"a":2}' }]);
    await controller.close();
    assert.equal(existsSync(controller.folder), false);
    await assert.rejects(speak(controller.socket, [call('plan_submit', {})]), 'it is gone with the turn');
  });

  test('refuses tools that the session has not, whatever is listed, and keeps nothing of them', async () => {
    const controller = await openController(TOOLS, () => assert.fail('asked'));
    assert.ok(controller);
    const said = await speak(controller.socket, [call('check_submit', {})]);
    assert.deepEqual(said, [{ id: 1, isTaken: false, text: "there is no tool 'check_submit' for this session" }]);
    assert.deepEqual(controller.handed(), []);
    await controller.close();
  });

  test('refuses more calls than a turn has, over however many connections, and calls that are too long', async () => {
    let asked = 0;
    const controller = await openController(TOOLS, () => ({ isTaken: true, text: `${++asked}` }));
    assert.ok(controller);
    const long = await speak(controller.socket, [call('plan_submit', 'x'.repeat(CALL_BYTES))], 1);
    assert.match(JSON.stringify(long), /more than 65536 bytes/);
    await speak(
      controller.socket,
      Array.from({ length: CALLS }, () => call('plan_submit', {})),
    );
    const more = await speak(controller.socket, [call('plan_submit', {})]);
    assert.match(JSON.stringify(more), /no more than 50 calls/);
    assert.equal(asked, CALLS);
    assert.match(JSON.stringify(await speak(controller.socket, ['no json'], 1)), /this is no call/);
    await controller.close();
  });
});
