import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created } from '../domain/testing/build.ts';
import { fold } from '../domain/transition/evolve.ts';
import { heldOutOptions } from '../domain/testing/held-out.ts';
import { hiddenFromAgents } from './context.ts';

test('held-out checks are hidden from agents where they came from, as the checkout and what omk keeps are', () => {
  const state = fold([
    {
      type: 'goal.created',
      data: created({ heldOut: heldOutOptions({ hidden: ['/home/me/hidden', '/home/me/wrong.patch'] }) }),
    },
  ]);
  const doors = { world: { files: { stateDir: '/state' } }, vault: { dir: '/state/vault', root: '/moved' } };
  assert.deepEqual(hiddenFromAgents({ ...doors, session: { state } }), [
    '/state',
    '/r',
    '/moved',
    '/state/vault',
    '/home/me/hidden',
    '/home/me/wrong.patch',
  ]);
  assert.deepEqual(
    hiddenFromAgents({ ...doors, session: { state: fold([{ type: 'goal.created', data: created() }]) } }),
    ['/state', '/r', '/moved', '/state/vault'],
  );
});
