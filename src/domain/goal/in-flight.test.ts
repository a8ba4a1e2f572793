import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notBegun } from './in-flight.ts';
import type { Intent } from './intent.ts';

const land: Intent = { key: 'land', kind: 'land', links: [] };
const back: Intent = {
  key: 'return',
  kind: 'record',
  event: {
    type: 'task.returned',
    data: { task: 't1', attempt: 1, why: { kind: 'conflict', onto: 'a', paths: [] } },
  },
};
const turn: Intent = { key: 'turn:1:1', kind: 'run_turn', attempt: 1, turn: 1, reason: 'first' };
const snapshot: Intent = { key: 'snapshot:1:1', kind: 'take_snapshot', attempt: 1, turn: 1 };
const other: Intent = { key: 'snapshot:2:1', kind: 'take_snapshot', attempt: 2, turn: 1 };

test('nothing is begun twice, and an attempt does one thing at a time', () => {
  assert.deepEqual(notBegun([turn, other], []), [turn, other]);
  assert.deepEqual(notBegun([turn, snapshot, other], [turn]), [other]);
});

test('the head does not move while work is sent back because of it, nor the other way round', () => {
  assert.deepEqual(notBegun([back, turn], [land]), [turn]);
  assert.deepEqual(notBegun([land, turn], [back]), [turn]);
});
