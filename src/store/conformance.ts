import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { appendCases } from './conformance/append.ts';
import { blobCases } from './conformance/blobs.ts';
import { damageCases } from './conformance/damage.ts';
import type { StoreHarness } from './conformance/harness.ts';
import { leaseCases } from './conformance/lease.ts';
import { partCases } from './conformance/parts.ts';
import { subscribeCases } from './conformance/subscribe.ts';

/** What every driver of `Store` must do. `open` gives an empty store. */
export function storeConformance(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} is a store:`, () => {
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
    appendCases(harness);
    blobCases(harness);
    leaseCases(harness);
    subscribeCases(harness);
    damageCases(harness);
    partCases(harness);
    it('refuses work after it was closed', async () => {
      const store = await harness().reopen();
      await store.close();
      await assert.rejects(store.read('g-1'));
    });
  });
}
