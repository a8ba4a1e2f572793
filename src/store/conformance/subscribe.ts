import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StoreHarness } from './harness.ts';
import { event, summary, until } from '../testing/fixtures.ts';

export function subscribeCases(harness: () => StoreHarness): void {
  it('calls back after an append by this handle and by another, for that goal only', async () => {
    const { store, reopen } = harness();
    const other = await reopen();
    const calls = { one: 0, two: 0 };
    const stopOne = store.subscribe('g-1', () => (calls.one += 1));
    const stopTwo = store.subscribe('g-2', () => (calls.two += 1));
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    await until('the first call', () => calls.one === 1);
    await other.append('g-1', 1, [event('b')], summary('g-1'));
    await until('the second call', () => calls.one === 2);
    assert.equal(calls.two, 0);
    await other.append('g-2', 0, [event('a')], summary('g-2'));
    await until('the call of the other goal', () => calls.two === 1);
    assert.equal(calls.one, 2);
    stopOne();
    stopTwo();
  });

  it('does not call after it was stopped, nor for what was there before', async () => {
    const { store } = harness();
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    const calls = { stopped: 0, running: 0 };
    const stop = store.subscribe('g-1', () => (calls.stopped += 1));
    const stopRunning = store.subscribe('g-1', () => (calls.running += 1));
    stop();
    stop();
    await store.append('g-1', 1, [event('b')], summary('g-1'));
    await until('the call of the one that runs', () => calls.running === 1);
    assert.equal(calls.stopped, 0);
    stopRunning();
    const again = store.subscribe('g-1', () => (calls.running += 10));
    await store.append('g-1', 2, [event('c')], summary('g-1'));
    await until('the call after a new start', () => calls.running === 11);
    again();
  });

  it('a callback may stop its own subscription and others', async () => {
    const { store } = harness();
    const calls = { first: 0, second: 0 };
    const stops: (() => void)[] = [];
    const stopAll = (): void => stops.forEach((stop) => stop());
    stops.push(store.subscribe('g-1', () => ((calls.first += 1), stopAll())));
    stops.push(store.subscribe('g-1', () => (calls.second += 1)));
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    await until('the first call', () => calls.first === 1);
    assert.equal(calls.second, 0);
  });
}
