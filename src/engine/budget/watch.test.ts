import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { UsageEntry } from '../../domain/budget/usage-entry.ts';
import { momentNow } from '../../domain/decide/budget.ts';
import type { GoalEvent } from '../../domain/goal/event.ts';
import { goalUnderTest } from '../testing/goal.ts';
import { watchBudget } from './watch.ts';

const usage = (key: string, tokens: string, picoUsd: string | null = null): GoalEvent => {
  const data: UsageEntry = {
    key,
    sessionType: 'attempt',
    name: 'attempt-1',
    attempt: 1,
    turn: 1,
    reporting: 'call',
    model: null,
    inputTokens: tokens,
    cachedTokens: null,
    outputTokens: null,
    picoUsd,
    priced: picoUsd === null ? null : 'prices',
  };
  return { type: 'usage.recorded', data };
};

suite('while a turn runs', () => {
  for (const [what, budget, more] of [
    ['tokens', { time: null, tokens: '100', picoUsd: null }, usage('s#2', '40')],
    ['dollars', { time: null, tokens: null, picoUsd: '100' }, usage('s#2', '1', '40')],
  ] as const)
    test(`${what} that are used up exactly end it at once; one less does not`, async (t) => {
      const { session, clock } = await goalUnderTest(t, { budget }, [usage('s#1', '60', '60')]);
      const watch = watchBudget({ world: { clock }, session, elapsed: () => 0n, notify: () => undefined }, 't1');
      t.after(watch.stop);
      watch.look();
      assert.equal(watch.signal.aborted, false);
      await session.append(more);
      watch.look();
      assert.equal(watch.signal.aborted, true);
    });

  test('time that is up ends it without anybody telling anything', async (t) => {
    const { session, clock } = await goalUnderTest(t, { budget: { time: '60s', tokens: null, picoUsd: null } });
    const watch = watchBudget({ world: { clock }, session, elapsed: () => 60n, notify: () => undefined }, 't1');
    t.after(watch.stop);
    clock.advance(1_000);
    assert.equal(watch.signal.aborted, true);
  });

  test('the turns of one goal share their timers, which end with the last of them', async (t) => {
    const { session, clock } = await goalUnderTest(t, { budget: { time: '60s', tokens: null, picoUsd: null } });
    let shown = 0;
    const start = () =>
      watchBudget({ world: { clock }, session, elapsed: () => 60n, notify: () => void (shown += 1) }, 't1');
    const watches = [start(), start(), start()];
    assert.equal(shown, 1);
    clock.advance(1_000);
    assert.equal(shown, 2);
    assert.ok(watches.every(({ signal }) => signal.aborted));
    for (const watch of watches) watch.stop();
    clock.advance(1_000);
    assert.equal(shown, 2);
    const next = start();
    t.after(next.stop);
    clock.advance(1_000);
    assert.deepEqual([shown, next.signal.aborted], [4, true]);
  });

  test('what another process adds counts before the next report does', async (t) => {
    const { session, clock, reopen } = await goalUnderTest(
      t,
      { budget: { time: null, tokens: '100', picoUsd: null } },
      [usage('s#1', '60')],
    );
    const watch = watchBudget({ world: { clock }, session, elapsed: () => 0n, notify: () => undefined }, 't1');
    t.after(watch.stop);
    const other = await reopen();
    const now = momentNow(other.state, { time: null, tokens: 200n, picoUsd: null }, 0n, '2026-01-31T12:00:00.000Z');
    await other.append({
      type: 'budget.extended',
      data: {
        ...now,
        previous: other.state.budget.stored,
        added: { time: null, secs: null, tokens: '100', picoUsd: null },
      },
    });
    await session.append(usage('s#2', '60'));
    watch.look();
    assert.equal(watch.signal.aborted, false, 'the log is read again before anything is appended to it');
  });

  test('how the budgets stand is told at once', async (t) => {
    const { session, clock } = await goalUnderTest(t, {});
    const told: string[] = [];
    const watch = watchBudget(
      {
        world: { clock },
        session,
        elapsed: () => 7n,
        notify: (notice) => void told.push(notice.kind === 'budget' ? `${notice.kind} ${notice.secs}` : notice.kind),
      },
      't1',
    );
    watch.stop();
    assert.deepEqual(told, ['budget 7']);
  });
});
