import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Timers } from '../../process/timers.ts';
import { watchStops, type Stop } from './stops.ts';

/** A clock that is moved by hand. */
function manual(): Timers & { readonly advance: (ms: number) => void } {
  let now = 0;
  const waiting = new Set<{ readonly at: number; readonly then: () => void }>();
  return {
    now: () => now,
    after: (ms, then) => {
      const entry = { at: now + ms, then };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance: (ms) => {
      for (const end = now + ms; ;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        now = next?.at ?? end;
        if (next === undefined) return;
        waiting.delete(next);
        next.then();
      }
    },
  };
}

function watch(busy: () => boolean) {
  const timers = manual();
  const stops = watchStops({
    signal: new AbortController().signal,
    turnTimeoutMs: 100_000,
    idleTimeoutMs: 1_000,
    busy,
    timers,
  });
  const stopped = async (): Promise<Stop | null> => Promise.race([stops.stopped, Promise.resolve(null)]);
  return { timers, stops, stopped };
}

test('silence stops a turn, and what the agent sends puts it off', async () => {
  const { timers, stops, stopped } = watch(() => false);
  timers.advance(900);
  stops.touch();
  timers.advance(900);
  assert.equal(await stopped(), null);
  timers.advance(100);
  assert.deepEqual(await stopped(), { kind: 'idle_timeout' });
});

test('a tool call under way is no silence, and what follows it is again; the turn still ends', async () => {
  let busy = true;
  const { timers, stopped } = watch(() => busy);
  timers.advance(50_000);
  assert.equal(await stopped(), null);
  busy = false;
  timers.advance(2_000);
  assert.deepEqual(await stopped(), { kind: 'idle_timeout' });
  const long = watch(() => true);
  long.timers.advance(100_000);
  assert.deepEqual(await long.stopped(), { kind: 'turn_timeout' });
});
