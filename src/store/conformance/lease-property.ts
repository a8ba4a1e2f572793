import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fc } from '../../domain/testing/fast-check.ts';
import type { Lease, Store } from '../port.ts';
import { event, summary } from '../testing/fixtures.ts';
import type { StoreHarness } from './harness.ts';

const WORKERS = 2;
const KEYS = ['', 'gate:test:1'];

/** What workers do in turns. `usurp`: as `take`, of a holder that is taken for dead and goes on all the same. */
const acts = fc.array(
  fc.record({
    worker: fc.nat(WORKERS - 1),
    key: fc.constantFrom(...KEYS),
    act: fc.constantFrom('take', 'usurp', 'renew', 'release', 'append', 'append'),
  }),
  { minLength: 20, maxLength: 40, size: 'max' },
);

interface Held {
  readonly worker: number;
  readonly lease: Lease;
}

/** Whatever workers do and believe: a key has one holder, and only an append of that holder is written. */
export function leaseProperty(harness: () => StoreHarness): void {
  it('lets one worker a key append, however takes, losses and appends of workers interleave', async () => {
    const { store, reopen, sayHolderIs } = harness();
    const workers: readonly Store[] = [store, await reopen()];
    let goals = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        const goal = `g-${(goals += 1)}`;
        const current = new Map<string, Held>();
        const believed = new Map<string, Lease>();
        const greatest = new Map<string, number>();
        let version = 0;
        for (const { worker, key, act } of all) {
          const own = workers[worker] ?? store;
          const mine = believed.get(`${worker} ${key}`);
          const isMine = mine !== undefined && current.get(key)?.lease === mine;
          if (act === 'take' || act === 'usurp') {
            const isFree = act === 'usurp' || !current.has(key);
            if (act === 'usurp') sayHolderIs('dead');
            const result = await own.lease(goal, key);
            sayHolderIs('alive');
            assert.equal(result.kind, isFree ? 'held' : 'taken');
            if (result.kind !== 'held') continue;
            assert.ok(result.lease.token > (greatest.get(key) ?? 0), 'tokens grow');
            greatest.set(key, result.lease.token);
            current.set(key, { worker, lease: result.lease });
            believed.set(`${worker} ${key}`, result.lease);
          } else if (mine === undefined) continue;
          else if (act === 'renew') assert.equal(await mine.renew(), isMine);
          else if (act === 'release') {
            await mine.release();
            if (isMine) current.delete(key);
          } else {
            const appended = own.append(goal, version, [event('x')], summary(goal), undefined, mine);
            if (isMine) assert.equal((await appended).kind, 'appended');
            else await assert.rejects(appended, { code: 'LEASE_LOST' });
            version += Number(isMine);
            refused += Number(!isMine);
          }
        }
        assert.equal((await store.read(goal)).length, version, 'nothing else was written');
      }),
      { numRuns: 25 },
    );
    assert.ok(refused > 0, 'some came too late');
  });
}
