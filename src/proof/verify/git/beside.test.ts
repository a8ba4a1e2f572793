import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Beside } from '../../../domain/gates/beside-tree.ts';
import type { Measurement } from '../../../domain/gates/evidence.ts';
import type { GoalEvent } from '../../../domain/goal/event.ts';
import { bundleOf, failures, verifyV1 } from '../../testing/bundle.ts';
import { BASE, ending, fixedGoal } from '../../testing/goal.ts';

/** What fails at V1 where the log says this of every run, and of what the base names. */
async function wrong(beside: Measurement['beside'], told?: Partial<Beside>): Promise<readonly string[]> {
  const goal = fixedGoal();
  const events = goal.events.map((event): GoalEvent => {
    if (event.type === 'gate.measured') return { ...event, data: { ...event.data, ...(beside ? { beside } : {}) } };
    if (event.type !== 'dependencies.prepared' || !told) return event;
    return {
      ...event,
      data: { ...event.data, beside: { submodules: [], lfs: [], included: [], lacks: [], ...told } },
    };
  });
  const files = await bundleOf(goal, [...events, ending(events, 'ready')]);
  return [...new Set(failures(await verifyV1(goal, files)))];
}

test('runs may have a .git of the base, and files that no tree has', async () => {
  assert.deepEqual(await wrong(undefined), [], 'as in logs of before');
  assert.deepEqual(await wrong({ git: BASE }), []);
  assert.deepEqual(await wrong({ git: BASE, paths: 1 }, { included: ['.env'] }), []);
});

test('another commit, more files than the base names, or other ones are refused', async () => {
  assert.deepEqual(await wrong({ git: 'd'.repeat(40) }), ['E_GATE_TREE']);
  assert.deepEqual(await wrong({ git: BASE, paths: 1 }), ['E_GATE_TREE']);
  assert.deepEqual(await wrong({ git: BASE, paths: 1 }, { included: ['src/sum.js'] }), ['E_GATE_TREE']);
  assert.deepEqual(await wrong({}, { submodules: [{ path: 'vendor/lib', id: 'd'.repeat(40) }] }), ['E_GATE_TREE']);
  assert.deepEqual(await wrong({ paths: 1 }, { lfs: [{ path: 'package.json', oid: 'e'.repeat(64) }] }), [
    'E_GATE_TREE',
  ]);
});
