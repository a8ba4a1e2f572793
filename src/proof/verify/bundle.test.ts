import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BASE, HEAD, ending, fixedGoal } from '../testing/goal.ts';
import { bundleOf, failures, readyBundle, verifyFiles, verifyV1 } from '../testing/bundle.ts';

test('an honest bundle of a ready goal verifies at V0 and V1', async () => {
  const { goal, files } = await readyBundle();
  const report = await verifyV1(goal, files, { expect: { base: BASE, head: HEAD } });
  assert.deepEqual(failures(report), [], JSON.stringify(report.checks.filter((each) => !each.ok)));
  assert.equal(report.reached, 'V1');
  assert.equal(report.proven?.status, 'ready');
  assert.deepEqual(report.proven?.levels, [
    'OMK_READY',
    'OMK_GATES_PINNED',
    'OMK_BASE_TESTS_PASS',
    'OMK_SANDBOXED',
    'OMK_AGENT_SANDBOXED',
    'OMK_CANARY',
  ]);
  assert.equal(report.proven?.redacted, 0);
});

test('every terminal status has a bundle that verifies', async () => {
  const goal = fixedGoal();
  for (const status of [
    'not_ready',
    'blocked_on_human',
    'blocked_on_external',
    'needs_more_budget',
    'failed_infra',
  ] as const) {
    for (let length = 1; length <= goal.events.length; length += 1) {
      const events = goal.events.slice(0, length);
      const files = await bundleOf(goal, [...events, ending(events, status)]);
      const report = await verifyV1(goal, files);
      assert.deepEqual(
        failures(report),
        [],
        `${status} after ${length}: ${JSON.stringify(report.checks.filter((each) => !each.ok))}`,
      );
      assert.equal(report.proven?.status, status);
      assert.deepEqual(report.proven?.levels, ['FAILED']);
    }
  }
  const files = await bundleOf(goal, [...goal.events.slice(0, 9), { type: 'goal.cancelled', data: { why: 'user' } }]);
  assert.equal((await verifyFiles(files)).proven?.status, 'cancelled');
});

test('a goal that ended short of ready and is then cancelled has a bundle that verifies', async () => {
  const goal = fixedGoal();
  for (const status of ['not_ready', 'blocked_on_human', 'needs_more_budget'] as const) {
    const ended = [...goal.events.slice(0, 13), ending(goal.events.slice(0, 13), status)];
    const report = await verifyV1(
      goal,
      await bundleOf(goal, [...ended, { type: 'goal.cancelled', data: { why: 'user' } }]),
    );
    assert.deepEqual(failures(report), [], status);
    assert.equal(report.proven?.status, 'cancelled');
  }
});
