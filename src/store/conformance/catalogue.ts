import assert from 'node:assert/strict';
import { it } from 'node:test';
import { event, summary } from '../testing/fixtures.ts';
import type { StoreHarness } from './harness.ts';

export function catalogueCases(harness: () => StoreHarness): void {
  it('lists newest first, of one repository or of all, as last written', async () => {
    const { store } = harness();
    const older = { createdAt: '2026-01-30T12:00:00.000Z' };
    await store.append('g-1', 0, [event('a')], summary('g-1', { repository: 'other' }));
    await store.append('g-2', 0, [event('a')], summary('g-2'));
    await store.append('g-0', 0, [event('a')], summary('g-0', older));
    await store.append('g-1', 1, [event('b')], summary('g-1', { repository: 'other', status: 'ready' }));
    assert.deepEqual(
      (await store.list()).map((goal) => goal.goal),
      ['g-2', 'g-1', 'g-0'],
    );
    assert.deepEqual(await store.list({ repository: 'other' }), [
      summary('g-1', { repository: 'other', status: 'ready' }),
    ]);
    assert.deepEqual(await store.list({ repository: 'none' }), []);
  });

  it('shows the goals of one repository under another, and keeps them there', async () => {
    const { store } = harness();
    for (const goal of ['g-1', 'g-2']) await store.append(goal, 0, [event('a')], summary(goal));
    assert.equal(await store.moveGoals('repository-1', 'moved'), 2);
    await store.append('g-1', 1, [event('b')], summary('g-1'));
    assert.deepEqual((await store.list({ repository: 'moved' })).map(({ goal }) => goal).sort(), ['g-1', 'g-2']);
  });

  it('takes a goal out with its log and its leases', async () => {
    const { store } = harness();
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    await store.append('g-2', 0, [event('a')], summary('g-2'));
    await store.lease('g-1');
    await store.remove('g-1');
    assert.deepEqual(
      (await store.list()).map(({ goal }) => goal),
      ['g-2'],
    );
    assert.deepEqual(await store.read('g-1'), []);
    assert.equal(await store.holder('g-1'), null);
  });
}
