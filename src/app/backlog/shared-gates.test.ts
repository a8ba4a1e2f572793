import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Gates } from '../../world/gates/port.ts';
import { sharedGates } from './shared-gates.ts';

test('no more gates run at once than there is room for, and each gets its turn', async () => {
  const release: (() => void)[] = [];
  let most = 0;
  let now = 0;
  const run = async (): Promise<never> => {
    most = Math.max(most, ++now);
    await new Promise<void>((resolve) => release.push(resolve));
    now -= 1;
    throw new Error('a gate may fail');
  };
  const gates = sharedGates<Pick<Gates, 'run'>>({ run }, 2);
  const asked = Array.from({ length: 5 }, () => gates.run(undefined as never, undefined as never, undefined as never));
  const settled = Promise.allSettled(asked);
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    release.shift()?.();
  }
  assert.equal((await settled).length, 5);
  assert.equal(most, 2);
});
