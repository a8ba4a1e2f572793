import assert from 'node:assert/strict';
import { test } from 'node:test';
import { givenChange, NOT_THERE } from '../testing/given.ts';
import { play } from '../testing/ready.ts';
import { guards } from './facts.ts';

test('tests of a change that was judged as it was given are told as what guards it', () => {
  assert.deepEqual(guards(play(givenChange({ expect: 'fix' })).state), [
    '1 test red without the change, green with it',
  ]);
  assert.deepEqual(guards(play(givenChange({ expect: 'feature' }, { takenBack: NOT_THERE })).state), [
    '1 new test red when what the change does is taken out',
  ]);
});
