import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientContext } from '@agentclientprotocol/sdk';
import { qwen } from '../presets/qwen.ts';
import { chooseMode } from './session.ts';

/** What an agent is asked when a session was opened with this answer. */
async function asked(answer: unknown, resumed: boolean): Promise<readonly unknown[]> {
  const requests: unknown[] = [];
  const agent: Pick<ClientContext, 'request'> = {
    request: async (method: string, params?: unknown) => {
      requests.push([method, params]);
      throw new Error('unknown');
    },
  };
  await chooseMode(agent, { id: 's', resumed, answer }, qwen).catch(() => undefined);
  return requests;
}

test('the mode in which an agent asks is chosen again for a session that goes on, also where it does not tell its modes', async () => {
  const chosen = [['session/set_mode', { sessionId: 's', modeId: 'default' }]];
  assert.deepEqual(await asked({ modes: { availableModes: [{ id: 'default' }, { id: 'auto' }] } }, false), chosen);
  assert.deepEqual(await asked({}, true), chosen);
  assert.deepEqual(await asked({}, false), [], 'an agent without modes stays as it is');
  assert.deepEqual(await asked({ modes: { availableModes: [{ id: 'auto' }] } }, true), []);
});
