import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Intent } from '../../domain/goal/intent.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext, type FakeOptions } from '../testing/fake-context.ts';
import { checkpointNow, withCheckpoint } from './checkpoint.ts';
import { ensureBudget } from './guard.ts';
import { trackCost, tryCostTracker } from './track-cost.ts';

const TURN: Intent = { key: 'turn:1:1', kind: 'run_turn', attempt: 1, turn: 1, reason: 'first' };
const budget = { time: '1s', tokens: null, picoUsd: null };

suite('a checkpoint of the budgets', () => {
  test('has what is used so far, and the status that is meant', async () => {
    const { context, session } = await fakeContext({ options: { budget } });
    const [event] = checkpointNow(context.world, session, 7n, 'goal_paused', 'paused');
    assert.ok(event?.type === 'budget.checkpoint');
    assert.deepEqual([event.data.label, event.data.status, event.data.elapsedSecs], ['goal_paused', 'paused', '7']);
  });

  test('is left out where the stored budget cannot be read', async () => {
    const { context, session } = await fakeContext({ options: { budget: { ...budget, time: 'soon' } } });
    assert.deepEqual(checkpointNow(context.world, session, 7n, 'goal_paused'), []);
  });

  test('comes before an end, with the status of that end, and with no other event', async () => {
    const { context } = await fakeContext();
    const end = { type: 'goal.ended', data: { status: 'not_ready', gaps: [], failure: null } } as const;
    const [first, second] = withCheckpoint(context, end);
    assert.ok(first?.type === 'budget.checkpoint');
    assert.deepEqual([first.data.status, second], ['not_ready', end]);
    const other = planOf(taskOf('t1'));
    assert.deepEqual(withCheckpoint(context, other), [other]);
  });
});

suite('before something is spent', () => {
  test('nothing is recorded while there is something left', async () => {
    const goal = await fakeContext({
      options: { budget: { ...budget, time: '1h' } },
      events: [planOf(taskOf('t1')), started(1)],
    });
    assert.equal(await ensureBudget(goal.context, [TURN]), 'available');
    assert.deepEqual(goal.appended(), []);
  });

  test('a budget that is spent ends the goal in needs_more_budget, and says which and before what', async () => {
    const goal = await fakeContext({ options: { budget }, events: [planOf(taskOf('t1')), started(1)] });
    assert.equal(await ensureBudget(goal.context, [TURN]), 'spent');
    assert.equal(goal.session.state.status, 'needs_more_budget');
    const exhausted = goal.appended().find(({ type }) => type === 'budget.exhausted');
    assert.ok(exhausted?.type === 'budget.exhausted');
    assert.deepEqual([exhausted.data.source], ['time']);
  });

  test('one that cannot be read is an error with a fix, and is not taken for none', async () => {
    const goal = await fakeContext({
      options: { budget: { ...budget, time: 'soon' } },
      events: [planOf(taskOf('t1')), started(1)],
    });
    await assert.rejects(ensureBudget(goal.context, [TURN]), { code: 'BUDGET_INVALID', exit: 6 });
    assert.deepEqual(goal.appended(), []);
  });
});

suite('the cost tracker of the user', () => {
  const worked: FakeOptions['events'] = [
    planOf(taskOf('t1')),
    started(1),
    {
      type: 'turn.started',
      data: { attempt: 1, turn: 1, prompt: { sha256: 'e'.repeat(64), bytes: 1, truncated: false } },
    },
    { type: 'session.opened', data: { attempt: 1, turn: 1, session: 's-1' } },
    ...turned(1, 1).slice(1),
  ];

  const tracked = async (failure: string | null, costTracker?: string) => {
    const written: (readonly string[])[] = [];
    const goal = await fakeContext({
      ...(costTracker === undefined ? {} : { options: { costTracker } }),
      events: worked,
      doors: () => ({
        files: {
          tryAppend: async () => failure,
          appendOnce: async (_path: string, lines: readonly string[]) => (written.push(lines), failure),
        },
      }),
    });
    const warnings = () => goal.notices.flatMap((each) => (each.kind === 'warning' ? [each.text] : []));
    return { ...goal, written, warnings };
  };

  test('gets a line for each session that is over', async () => {
    const goal = await tracked(null, '/home/x/costs.jsonl');
    await goal.session.append({ type: 'goal.cancelled', data: { why: 'x' } });
    await trackCost(goal.context, false);
    const [lines = []] = goal.written;
    assert.equal(lines.length, 1);
    assert.equal(JSON.parse(lines[0] ?? '{}').name, 'attempt-1');
    assert.deepEqual(goal.warnings(), []);
  });

  test('that cannot be written is said once, before the agent works, and stops nothing', async () => {
    const goal = await tracked('permission denied', '/home/x/costs.jsonl');
    await goal.session.append({ type: 'goal.cancelled', data: { why: 'x' } });
    const isSaid = await tryCostTracker(goal.context);
    assert.equal(isSaid, true);
    await trackCost(goal.context, isSaid);
    assert.equal(goal.warnings().length, 1);
    assert.match(goal.warnings()[0] ?? '', /permission denied; what the goal costs is in omk cost all the same/);
  });

  test('that breaks later is said then', async () => {
    const goal = await tracked('disk full', '/home/x/costs.jsonl');
    await goal.session.append({ type: 'goal.cancelled', data: { why: 'x' } });
    await trackCost(goal.context, false);
    assert.equal(goal.warnings().length, 1);
  });

  test('is none where the user named none', async () => {
    const goal = await tracked('x');
    assert.equal(await tryCostTracker(goal.context), false);
    await trackCost(goal.context, false);
    assert.deepEqual([goal.written, goal.warnings()], [[], []]);
  });
});
