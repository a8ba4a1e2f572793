import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GoalEvent } from '../../../domain/goal/event.ts';
import { bundleOf, failures, verifyV1 } from '../../testing/bundle.ts';
import { ending, fixedGoal } from '../../testing/goal.ts';

/** What fails at V1 where the log says this of facts on the base and on the candidate. */
async function wrong(facts: readonly string[], base: readonly boolean[], candidate: readonly boolean[]) {
  const goal = fixedGoal();
  const events = goal.events.flatMap((event): readonly GoalEvent[] => {
    if (event.type === 'goal.created')
      return [{ ...event, data: { ...event.data, options: { ...event.data.options, facts } } }];
    if (event.type === 'plan.made') return [{ type: 'facts.read', data: { tree: goal.base, holds: base } }, event];
    if (event.type === 'candidate.examined')
      return [event, { type: 'facts.read', data: { tree: goal.candidate, holds: candidate } }];
    return [event];
  });
  const files = await bundleOf(goal, [...events, ending(events, 'ready')]);
  return [...new Set(failures(await verifyV1(goal, files)))];
}

const FACTS = ['src/sum.js contains a + b', 'src lacks "a - b"', 'new.js exists'];

test('facts are looked up again in the trees of base and candidate', async () => {
  assert.deepEqual(await wrong(FACTS, [false, false, false], [true, true, false]), []);
  assert.deepEqual(await wrong(FACTS, [true, false, false], [true, true, false]), ['E_FACT']);
  assert.deepEqual(await wrong(FACTS, [false, false, false], [true, true, true]), ['E_FACT']);
});
