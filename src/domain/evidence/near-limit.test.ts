import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exits, gateSpec } from '../testing/build.ts';
import { gates, play } from '../testing/ready.ts';
import { nearLimit, nearLimitsAtBase } from './near-limit.ts';

const gate = gateSpec({ timeoutMs: 600_000, reader: 'exit_only', kind: 'command' });

test('a gate that takes most of its time limit is named with the setting that mends it', () => {
  assert.match(nearLimit(gate, 510_000) ?? '', /^gate test took 510 s of its limit of 600 s: raise timeout_secs/);
  assert.equal(nearLimit(gate, 300_000), null);
});

test('the slower run of the base counts; what ended by the limit is said by its verdict', () => {
  const said = (round2: number, outcome: { kind: 'exited'; code: number } | { kind: 'timed_out'; afterMs: number }) =>
    nearLimitsAtBase(
      play({ ...gates(gate), measure: ({ round }) => ({ ...exits(1), outcome, durationMs: round === 2 ? round2 : 1 }) })
        .state,
    ).length;
  assert.equal(said(500_000, { kind: 'exited', code: 1 }), 1);
  assert.equal(said(1000, { kind: 'exited', code: 1 }), 0);
  assert.equal(said(600_000, { kind: 'timed_out', afterMs: 600_000 }), 0);
});
