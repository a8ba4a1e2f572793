import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseModel } from './model.ts';

/** What comes of a session that was opened with this answer, and what its agent was asked. */
async function chosen(answer: unknown, wanted?: string) {
  const requests: unknown[] = [];
  const request = (method: string, params?: unknown): Promise<never> => {
    requests.push([method, params]);
    return Promise.reject(new Error('no agent'));
  };
  const result = await chooseModel({ request }, { id: 's', answer }, wanted).catch(() => ({ kind: 'asked' }) as const);
  return { ...result, requests };
}

const options = [{ value: 'small' }, { name: 'More', options: [{ value: 'big' }] }];
const answer = { configOptions: [{ id: 'm', category: 'model', currentValue: 'small', options }] };

test('a model is chosen as the session offers it, also in a group, and as agents told them before', async () => {
  assert.deepEqual(await chosen(answer, 'big'), {
    kind: 'asked',
    requests: [['session/set_config_option', { sessionId: 's', configId: 'm', value: 'big' }]],
  });
  const before = { models: { currentModelId: 'a', availableModels: [{ modelId: 'a' }, { modelId: 'b' }] } };
  assert.deepEqual((await chosen(before, 'b')).requests, [['session/set_model', { sessionId: 's', modelId: 'b' }]]);
});

test('where none is asked for, or it works already, the agent says which it is', async () => {
  assert.deepEqual(await chosen(answer), { kind: 'model', name: 'small', requests: [] });
  assert.deepEqual(await chosen(answer, 'small'), { kind: 'model', name: 'small', requests: [] });
  assert.deepEqual(await chosen({}), { kind: 'model', name: null, requests: [] });
});

test('one that is not offered is refused with those that are, before a prompt is sent', async () => {
  const refused = await chosen(answer, 'huge');
  assert.deepEqual(refused.kind === 'refused' && refused.detail, "it has no model 'huge'; it offers small, big");
  assert.equal((await chosen({}, 'huge')).kind, 'refused');
});
