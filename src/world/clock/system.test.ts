import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from './system.ts';

test('waiting ends when its time is over or its signal aborts, and never rejects', async () => {
  const hour = 3_600_000;
  await systemClock.sleep(0);
  await systemClock.sleep(hour, AbortSignal.abort());
  const stop = new AbortController();
  const sleeping = systemClock.sleep(hour, stop.signal);
  stop.abort();
  await sleeping;
});

test('what is called after a while is not when it is cancelled, what is called again and again is until then', async () => {
  const called: string[] = [];
  const done = Promise.withResolvers<void>();
  systemClock.after(1, () => called.push('cancelled'))();
  const stop = systemClock.every(1, () => {
    called.push('again');
    if (called.length === 2) systemClock.after(0, done.resolve);
  });
  await done.promise;
  stop();
  assert.deepEqual(called.slice(0, 2), ['again', 'again']);
});
