import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../domain/canonical.ts';
import { reuse } from '../../domain/gates/cached.ts';
import type { CacheParts, Measurement } from '../../domain/gates/evidence.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { sha256Hex } from '../format/bytes.ts';
import { bundleOf, failures, verifyFiles } from '../testing/bundle.ts';
import { ending, fixedGoal } from '../testing/goal.ts';

const partsOf = ({ tree, tools, layer, sandbox }: Measurement): CacheParts => ({
  inputs: tree,
  canaryBase: null,
  settings: 's',
  tools,
  layer,
  machine: 'm',
  sandbox: sandbox.kind === 'none' ? 'none' : `${sandbox.kind} ${sandbox.version}`,
  omk: '1.0.0',
});

/** The bundle of a goal in which the run of `lint` on the candidate is from the cache, with the parts changed. */
async function verify(change: (parts: CacheParts) => { parts: CacheParts; key?: string }): Promise<readonly string[]> {
  const goal = fixedGoal();
  const events = goal.events.map((event): GoalEvent => {
    if (event.type !== 'gate.measured' || event.data.gate !== 'lint' || event.data.purpose === 'baseline') return event;
    const { parts, key = sha256Hex(canonical(parts)) } = change(partsOf(event.data));
    return { ...event, data: reuse({ goal: 'g-earlier', measurement: event.data }, event.data, { key, parts }) };
  });
  return failures(await verifyFiles(await bundleOf(goal, [...events, ending(events, 'ready')])));
}

test('a run from the cache verifies as long as its key is that of what it ran with', async () => {
  assert.deepEqual(await verify((parts) => ({ parts })), []);
  assert.deepEqual(await verify((parts) => ({ parts, key: 'f'.repeat(64) })), ['E_GATE_RESULT']);
  assert.deepEqual(await verify((parts) => ({ parts: { ...parts, layer: 'another' } })), ['E_GATE_RESULT']);
  assert.deepEqual(await verify((parts) => ({ parts: { ...parts, tools: { node: 'v1' } } })), ['E_GATE_RESULT']);
  assert.deepEqual(await verify((parts) => ({ parts: { ...parts, sandbox: 'bubblewrap 0' } })), ['E_GATE_RESULT']);
  assert.deepEqual(await verify((parts) => ({ parts: { ...parts, canaryBase: parts.inputs } })), ['E_GATE_RESULT']);
});

test('a run of another tree is not even written into a proof', async () => {
  await assert.rejects(verify((parts) => ({ parts: { ...parts, inputs: 'd'.repeat(40) } })));
});
