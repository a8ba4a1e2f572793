import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentNow } from '../domain/decide/budget.ts';
import type { GoalEvent } from '../domain/goal/event.ts';
import { watchBudget } from './budget/watch.ts';
import { followOthers } from './follow-others.ts';
import type { Session } from './session.ts';
import { goalUnderTest } from './testing/goal.ts';

/** More than what omk promises is a failure. Milliseconds. */
const PROMISED = 1_000;

const minuteMore = ({ state }: Session): GoalEvent => {
  const now = momentNow(
    state,
    { time: { text: '2m', secs: 120n }, tokens: null, picoUsd: null },
    59n,
    '2026-01-31T12:00:59.000Z',
  );
  return {
    type: 'budget.extended',
    data: { ...now, previous: state.budget.stored, added: { time: '1m', secs: '60', tokens: null, picoUsd: null } },
  };
};

/** How long it took until `look` was true, in milliseconds. */
async function until(look: () => boolean): Promise<number> {
  const begun = performance.now();
  while (!look() && performance.now() - begun < 30_000) await new Promise((resolve) => setTimeout(resolve, 5));
  return performance.now() - begun;
}

test(
  'budget that another process adds while a turn runs counts within a second, without anything being told ' +
    'or appended here',
  async (t) => {
    const { store, clock, session, reopen } = await goalUnderTest(t, {
      budget: { time: '60s', tokens: null, picoUsd: null },
    });
    const over = new AbortController();
    t.after(() => over.abort());
    followOthers(store, session, over.signal);
    let secs = 59n;
    const watch = watchBudget({ world: { clock }, session, elapsed: () => secs, notify: () => undefined }, 't1');
    t.after(watch.stop);
    const other = await reopen();
    await other.append(minuteMore(other));
    const took = await until(() => session.state.budget.stored.time === '2m');
    assert.ok(took < PROMISED, `${took} ms`);
    secs = 61n;
    watch.look();
    assert.equal(watch.signal.aborted, false, 'the turn goes on past the old limit');
    secs = 120n;
    watch.look();
    assert.equal(watch.signal.aborted, true, 'and not past the new one');
  },
);

test('a goal that another process cancels is stopped within a second', async (t) => {
  const { store, session, reopen } = await goalUnderTest(t, {});
  const over = new AbortController();
  t.after(() => over.abort());
  const stopped = followOthers(store, session, over.signal);
  await (await reopen()).append({ type: 'goal.cancelled', data: { why: 'x' } });
  const took = await until(() => stopped.aborted);
  assert.ok(took < PROMISED, `${took} ms`);
});
