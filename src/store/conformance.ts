import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Liveness } from './lease/processes.ts';
import { appendCases } from './conformance/append.ts';
import { blobCases } from './conformance/blobs.ts';
import { damageCases } from './conformance/damage.ts';
import { leaseCases } from './conformance/lease.ts';
import { subscribeCases } from './conformance/subscribe.ts';
import type { Store } from './port.ts';
import type { ManualClock } from './testing/fixtures.ts';

/** A store under test, and the ways around it that a test needs. */
export interface StoreHarness {
  readonly store: Store;
  readonly clock: ManualClock;
  /** What the store is told about the holder of any lease. */
  sayHolderIs(state: Liveness): void;
  /** One more handle on the same state, as another process has; closed with the harness. */
  reopen(): Promise<Store>;
  /** Changes what is stored, behind the store's back. */
  readonly tamper: {
    line(goal: string, seq: number, line: string): void;
    /** Replaces a goal's log by these lines, hashes and summary consistent with them. */
    log(goal: string, lines: readonly string[]): void;
    remove(goal: string, seq: number): void;
    blob(sha256: string, content: Uint8Array): void;
  };
  dispose(): Promise<void>;
}

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
    it('refuses work after it was closed', async () => {
      const store = await harness().reopen();
      await store.close();
      await assert.rejects(store.read('g-1'));
    });
  });
}
