import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { appendCases } from './conformance/append.ts';
import { blobCases } from './conformance/blobs.ts';
import { catalogueCases } from './conformance/catalogue.ts';
import { damageCases } from './conformance/damage.ts';
import type { StoreHarness } from './conformance/harness.ts';
import { leaseCases } from './conformance/lease.ts';
import { leaseProperty } from './conformance/lease-property.ts';
import { partCases } from './conformance/parts.ts';
import { subscribeCases } from './conformance/subscribe.ts';

type Cases = (harness: () => StoreHarness) => void;

/** What every driver of a port must do; a driver of one port passes those of its port. */
const PORTS: Readonly<Record<'log' | 'blobs' | 'catalogue' | 'leases', readonly Cases[]>> = {
  log: [appendCases, partCases, subscribeCases, damageCases],
  blobs: [blobCases],
  catalogue: [catalogueCases],
  leases: [leaseCases, leaseProperty],
};

/** `open` gives an empty store. */
export function storeConformance(
  name: string,
  open: () => Promise<StoreHarness>,
  ports: readonly (keyof typeof PORTS)[] = ['log', 'blobs', 'catalogue', 'leases'],
): void {
  for (const port of ports)
    describe(`${name}, ${port}:`, () => {
      let current: StoreHarness | null = null;
      beforeEach(async () => {
        current = await open();
      });
      afterEach(async () => {
        await current?.dispose();
        current = null;
      });
      const harness = (): StoreHarness => {
        assert.ok(current);
        return current;
      };
      for (const cases of PORTS[port]) cases(harness);
      it('refuses work after it was closed', async () => {
        const store = await harness().reopen();
        await store.close();
        await assert.rejects(store.read('g-1'));
      });
    });
}
