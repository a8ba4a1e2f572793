import assert from 'node:assert/strict';
import { test } from 'node:test';
import { created, tree } from '../domain/testing/build.ts';
import { handedIn } from '../domain/testing/handed-in.ts';
import { refuseHidden } from './cassette-out.ts';

test('checks that nobody has seen leave no machine in a cassette, whoever wrote them', () => {
  const heldOut = { commitment: 'a'.repeat(64), paths: ['test/a.test.js'], hidden: [], oracle: tree('wrong') };
  assert.throws(() => refuseHidden([{ type: 'goal.created', data: created({ heldOut }) }]), { code: 'NOT_REPLAYABLE' });
  assert.throws(() => refuseHidden(handedIn), { code: 'NOT_REPLAYABLE' });
  assert.doesNotThrow(() => refuseHidden([{ type: 'goal.created', data: created() }]));
});
