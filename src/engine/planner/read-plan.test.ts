import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY_STATE } from '../../domain/goal/state.ts';
import { planOf } from './read-plan.ts';

const why = (text: string): readonly string[] => {
  const read = planOf(EMPTY_STATE, Buffer.from(text));
  return read.kind === 'refused' ? read.why : [];
};

test('what a planner handed in is refused in words that name what is wrong and where', () => {
  assert.deepEqual(why('{'), ['the plan is not valid JSON']);
  assert.match(why('[]')[0] ?? '', /^.+: .+/);
  assert.match(why('{"criteria": 3}')[0] ?? '', /criteria|tasks/);
  assert.deepEqual(why(' '.repeat(64 * 1024 + 1)), ['the plan has 65537 bytes; at most 65536']);
});
