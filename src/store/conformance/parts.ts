import assert from 'node:assert/strict';
import { it } from 'node:test';
import { canonical } from '../../domain/canonical.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { LINE_BYTES, partsOf } from '../../domain/log/parts.ts';
import { created } from '../../domain/testing/build.ts';
import { event, summary } from '../testing/fixtures.ts';
import type { StoreHarness } from './harness.ts';

const LARGE = event('x'.repeat(40_000));
const AT = '2026-01-31T12:00:00.000Z';

const digestIn = (line: string): string => {
  const value: { readonly data: unknown } = JSON.parse(line);
  return [...partsOf(value.data)][0] ?? assert.fail();
};

export function partCases(harness: () => StoreHarness): void {
  it('keeps large parts of an event beside its line, and gives the event back whole', async () => {
    const { store, reopen } = harness();
    const foreseen = await store.foresee('g-1', 0, [LARGE], AT);
    const appended = await store.append('g-1', 0, [LARGE, event('b')], summary('g-1'), AT);
    const lines = await (await reopen()).read('g-1');
    const [first] = lines;
    assert.ok(first && Buffer.byteLength(first.line) < LINE_BYTES);
    assert.deepEqual(first.event.data, LARGE.data);
    assert.deepEqual(foreseen, [first]);
    assert.deepEqual(
      appended.kind === 'appended' && appended.events,
      lines.map((line) => line.event),
    );
    const part = await store.getBlob(digestIn(first.line));
    assert.equal(part && Buffer.from(part).toString(), canonical('x'.repeat(40_000)));
  });

  it('says which part of which event is missing, or is another', async () => {
    const { store, tamper } = harness();
    await store.append('g-1', 0, [event('a'), LARGE], summary('g-1'));
    const part = digestIn((await store.read('g-1', 1))[0]?.line ?? '');
    tamper.blob(part, Buffer.from('"another"'));
    await assert.rejects(store.read('g-1'), { code: 'STORE_CORRUPT', exit: 6 });
    await store.removeBlob(part);
    await assert.rejects(store.read('g-1'), { code: 'STORE_PART_GONE', exit: 6, message: /goal g-1 at seq 1.*blob / });
    assert.equal((await store.append('g-1', 2, [event('b')], summary('g-1'))).kind, 'appended');
  });

  it('writes no path of the machine into a line, and gives it back', async () => {
    const { store } = harness();
    const data = created();
    const events: readonly GoalEvent[] = [
      { type: 'goal.created', data: { ...data, repository: { ...data.repository, root: '/home/user/project' } } },
      { type: 'attempt.started', data: { attempt: 1, task: 't1', worktree: '/state/worktrees/1' } },
    ];
    await store.append('g-1', 0, events, summary('g-1'));
    const lines = await store.read('g-1');
    for (const { line } of lines) assert.doesNotMatch(line, /\/home\/user|\/state/);
    assert.deepEqual(
      lines.map(({ event: { type, data: read } }) => ({ type, data: read })),
      JSON.parse(canonical(events)),
    );
  });

  it('reads lines of version 1 as they were written, and goes on after them', async () => {
    const { store, tamper } = harness();
    await store.append('g-1', 0, [event('a')], summary('g-1'));
    const old = { attempt: 1, task: 't1', worktree: '/w/1' };
    const line = { v: 1, seq: 0, ts: AT, prev: '0'.repeat(64), type: 'attempt.started', data: old };
    tamper.log('g-1', [canonical(line)]);
    assert.equal((await store.append('g-1', 1, [event('b')], summary('g-1'))).kind, 'appended');
    const [first, second] = await store.read('g-1');
    assert.deepEqual([first?.event, first?.line], [line, canonical(line)]);
    assert.equal(second?.event.v, 2);
  });
}
