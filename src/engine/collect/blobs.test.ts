import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../world/clock/system.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { blobGarbage } from './blobs.ts';
import { DAY_MS } from './garbage.ts';

test('blobs that a part of an event names are no garbage, nor is the part; others of before today are', async (t) => {
  const { store, session } = await goalUnderTest(t, {});
  const named = await store.putBlob(Buffer.from('named in a part'));
  const unnamed = await store.putBlob(Buffer.from('named nowhere'));
  await session.append({ type: 'goal.paused', data: { why: `${'x'.repeat(40_000)} ${named.sha256}` } });
  assert.ok(!session.lines.at(-1)?.line.includes(named.sha256), 'the line itself does not name it');
  const clock = { ...systemClock, now: () => Date.now() + 2 * DAY_MS };
  const [garbage, ...more] = await blobGarbage({ store, clock, files: { readPrivate: async () => null } });
  assert.deepEqual(more, []);
  assert.equal(garbage?.what, '1 that no goal names');
  await garbage.remove();
  assert.equal(await store.getBlob(unnamed.sha256), null);
  assert.ok(await store.getBlob(named.sha256));
  assert.match(JSON.stringify((await store.read(session.goal)).at(-1)?.event.data), /^\{"why":"x{40000} /);
});
