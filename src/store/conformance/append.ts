import assert from 'node:assert/strict';
import { it } from 'node:test';
import { canonical } from '../../domain/canonical.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import type { StoreHarness } from './harness.ts';
import { hashOf } from '../log/seal.ts';
import { event, summary } from '../testing/fixtures.ts';

export function appendCases(harness: () => StoreHarness): void {
  it('appends in order, and reads the same from another handle', async () => {
    const { store, reopen } = harness();
    assert.deepEqual(await store.read('g-1'), []);
    const first = await store.append('g-1', 0, [event('a'), event('b')], summary('g-1'));
    assert.equal(first.kind, 'appended');
    await store.append('g-1', 2, [event('c')], summary('g-1'));
    const lines = await (await reopen()).read('g-1');
    assert.deepEqual(
      lines.map(({ event: { seq, data } }) => [seq, data]),
      [
        [0, { why: 'a' }],
        [1, { why: 'b' }],
        [2, { why: 'c' }],
      ],
    );
    assert.deepEqual(
      first.kind === 'appended' && first.events,
      lines.slice(0, 2).map((line) => line.event),
    );
    assert.deepEqual(
      (await store.read('g-1', 2)).map((line) => line.event.seq),
      [2],
    );
    assert.deepEqual(await store.read('g-1', 3), []);
    assert.deepEqual(await store.read('g-1', 99), []);
  });

  it('stores canonical lines that name the hash of the line before', async () => {
    const { store } = harness();
    await store.append('g-1', 0, [event('é\u0000\ud800"'), event('b')], summary('g-1'));
    const [a, b] = await store.read('g-1');
    assert.ok(a && b);
    assert.equal(a.line, canonical(a.event));
    assert.equal(a.event.prev, '0'.repeat(64));
    assert.equal(b.event.prev, hashOf(a.line));
    assert.equal(a.event.ts, '2026-01-31T12:00:00.000Z');
    assert.equal(a.event.v, 2);
  });

  it('tells a conflict, and changes nothing', async () => {
    const { store } = harness();
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    for (const version of [0, 2]) {
      const result = await store.append('g-1', version, [event('b')], summary('g-1', { title: 'changed' }));
      assert.deepEqual(result, { kind: 'conflict', version: 1 });
    }
    assert.equal((await store.read('g-1')).length, 1);
    assert.equal((await store.list())[0]?.title, 'Title of g-1');
  });

  it('appends all or none', async () => {
    const { store } = harness();
    const fraction: GoalEvent = { type: 'session.opened', data: { attempt: 1, turn: 0.5, session: 's' } };
    await assert.rejects(store.append('g-1', 0, [event('a'), fraction], summary('g-1')), TypeError);
    assert.deepEqual(await store.read('g-1'), []);
    assert.deepEqual(await store.list(), []);
    assert.equal((await store.append('g-1', 0, [event('a')], summary('g-1'))).kind, 'appended');
  });

  it('appending nothing checks the version and makes no goal', async () => {
    const { store } = harness();
    assert.deepEqual(await store.append('g-1', 0, [], summary('g-1')), { kind: 'appended', events: [] });
    assert.deepEqual(await store.list(), []);
    assert.deepEqual(await store.append('g-1', 1, [], summary('g-1')), { kind: 'conflict', version: 0 });
  });

  it('keeps the logs of goals apart', async () => {
    const { store } = harness();
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    assert.equal((await store.append('g-2', 0, [event('b')], summary('g-2'))).kind, 'appended');
    assert.deepEqual(
      (await store.read('g-2')).map((line) => line.event.data),
      [{ why: 'b' }],
    );
  });

  it('refuses a summary of another goal', async () => {
    await assert.rejects(harness().store.append('g-1', 0, [event('a')], summary('g-2')), TypeError);
  });
}
