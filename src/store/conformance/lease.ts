import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StoreHarness } from './harness.ts';
import type { Lease, LeaseResult } from '../port.ts';

function held(result: LeaseResult): Lease {
  assert.equal(result.kind, 'held');
  return result.kind === 'held' ? result.lease : assert.fail();
}

export function leaseCases(harness: () => StoreHarness): void {
  it('gives a lease to one at a time, per goal', async () => {
    const { store, reopen } = harness();
    const other = await reopen();
    const lease = held(await store.lease('g-1'));
    assert.deepEqual(await other.lease('g-1'), { kind: 'taken', pid: process.pid, since: '2026-01-31T12:00:00.000Z' });
    assert.equal((await store.lease('g-1')).kind, 'taken');
    held(await other.lease('g-2'));
    assert.equal(await lease.renew(), true);
    await lease.release();
    assert.equal(await lease.renew(), false);
    held(await other.lease('g-1'));
  });

  it('says who works on a goal, and that nobody does after a crash', async () => {
    const { store, reopen, sayHolderIs } = harness();
    const other = await reopen();
    assert.equal(await other.holder('g-1'), null);
    const lease = held(await store.lease('g-1'));
    assert.deepEqual(await other.holder('g-1'), { pid: process.pid, since: '2026-01-31T12:00:00.000Z' });
    sayHolderIs('dead');
    assert.equal(await other.holder('g-1'), null);
    sayHolderIs('alive');
    assert.equal(await lease.renew(), true, 'who asks takes nothing');
    await lease.release();
    assert.equal(await other.holder('g-1'), null);
  });

  it('frees the lease of a dead holder at once, and fences that holder off', async () => {
    const { store, reopen, sayHolderIs } = harness();
    const lost = held(await store.lease('g-1'));
    sayHolderIs('dead');
    const taken = held(await (await reopen()).lease('g-1'));
    sayHolderIs('alive');
    assert.equal(await lost.renew(), false);
    await lost.release();
    assert.equal(await taken.renew(), true);
    assert.equal((await store.lease('g-1')).kind, 'taken');
  });

  it('never frees the lease of a living holder, however late it renews', async () => {
    const { store, reopen, clock } = harness();
    const lease = held(await store.lease('g-1'));
    clock.advance(3_600_000);
    assert.equal((await (await reopen()).lease('g-1')).kind, 'taken');
    assert.equal(await lease.renew(), true);
  });

  it('where life cannot be told, believes a holder for 30 s after it renewed', async () => {
    const { store, reopen, clock, sayHolderIs } = harness();
    sayHolderIs('unknown');
    const other = await reopen();
    const lease = held(await store.lease('g-1'));
    clock.advance(30_000);
    assert.equal((await other.lease('g-1')).kind, 'taken');
    assert.equal(await lease.renew(), true);
    clock.advance(30_000);
    assert.equal((await other.lease('g-1')).kind, 'taken');
    clock.advance(1);
    held(await other.lease('g-1'));
    assert.equal(await lease.renew(), false);
  });
}
