import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { StoreHarness } from './harness.ts';
import type { Lease, LeaseResult, Leases } from '../port.ts';
import { event, summary } from '../testing/fixtures.ts';

const HOLDER = { name: `process ${process.pid}`, since: '2026-01-31T12:00:00.000Z' };

function held(result: LeaseResult): Lease {
  assert.equal(result.kind, 'held');
  return result.kind === 'held' ? result.lease : assert.fail();
}

export function leaseCases(harness: () => StoreHarness): void {
  it('gives a lease to one at a time, per goal', async () => {
    const { store, reopen } = harness();
    const other = await reopen();
    const lease = held(await store.lease('g-1'));
    assert.deepEqual(await other.lease('g-1'), { kind: 'taken', holder: HOLDER });
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
    assert.deepEqual(await other.holder('g-1'), HOLDER);
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

  it('gives leases of one goal by key, each to one at a time', async () => {
    const { store, reopen } = harness();
    const other: Leases = await reopen();
    const one = held(await store.lease('g-1', 'gate:test:1'));
    assert.equal((await other.lease('g-1', 'gate:test:1')).kind, 'taken');
    const two = held(await other.lease('g-1', 'gate:lint:1'));
    held(await other.lease('g-1'));
    await one.release();
    assert.deepEqual(await other.holder('g-1', 'gate:lint:1'), HOLDER);
    assert.equal(await other.holder('g-1', 'gate:test:1'), null);
    assert.equal(await two.renew(), true);
  });

  it('gives each lease of a key a greater token, also after it was given back', async () => {
    const { store } = harness();
    const tokens: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const lease = held(await store.lease('g-1', 'k'));
      tokens.push(lease.token);
      await lease.release();
    }
    assert.deepEqual(
      tokens,
      tokens.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(tokens).size, 3);
  });

  it('refuses an append under a lease that is not current, and writes nothing', async () => {
    const { store, reopen, sayHolderIs } = harness();
    const append = (version: number, { key, token }: Lease) =>
      store.append('g-1', version, [event('a')], summary('g-1'), undefined, { key, token });
    const lost = held(await store.lease('g-1', 'k'));
    assert.equal((await append(0, lost)).kind, 'appended');
    sayHolderIs('dead');
    const taken = held(await (await reopen()).lease('g-1', 'k'));
    sayHolderIs('alive');
    await assert.rejects(append(1, lost), { code: 'LEASE_LOST', exit: 6 });
    assert.equal((await store.read('g-1')).length, 1);
    assert.equal((await append(1, taken)).kind, 'appended');
    await taken.release();
    await assert.rejects(append(2, taken), { code: 'LEASE_LOST' });
    await assert.rejects(append(0, { ...taken, key: 'other' }), { code: 'LEASE_LOST' });
    assert.equal((await store.append('g-1', 2, [event('b')], summary('g-1'))).kind, 'appended', 'as people append');
  });
}
