import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { TurnOutcome } from '../agents/agent.ts';
import type { Intent } from '../goal/intent.ts';
import type { AttemptState, GoalState } from '../goal/state.ts';
import { BASE, COMPLETED, created, policyOf, checkGate, gateSpec, snapshotOf, tree } from '../testing/build.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { wrongGivingUp, wrongStart } from './admit-task.ts';
import { agentsAllowed } from './agents-allowed.ts';
import { decideTasks } from '../decide/decide-tasks.ts';
import { attemptEnded, taskReturned } from '../transition/evolve-tasks.ts';
import { taskGaps } from './gaps.ts';
import type { TaskState } from '../goal/task.ts';
import { viewOfTask } from './view.ts';

const INTEGRATED = { integrated: { commit: 'c'.repeat(40), tree: tree('head'), attempt: 1 } };
const ACCEPTED = { accepted: { attempt: 1, base: BASE, candidate: tree('a'), at: 1 } };

test('an attempt begins where its task exists, needs one and may have one, with a number of its own', () => {
  const starts = (more: Partial<TaskState>, attempts: readonly AttemptState[] = [], number = 9, id = 'a') =>
    wrongStart(stateOf([task('a', more), task('b')], { attempts }), { attempt: number, task: id, worktree: '/w' });
  const tried = attempt(1, 'a', 'no_progress');
  assert.equal(starts({}, [tried]), null);
  for (const number of [1, 0, -1, 1.5, Number.NaN])
    assert.match(starts({}, [tried], number) ?? '', /is no new attempt/);
  assert.equal(starts({}, [], 1, 'z'), 'the plan has no task z');
  for (const done of [INTEGRATED, ACCEPTED]) assert.equal(starts(done), 'task a needs no attempt');
  assert.equal(starts({}, [attempt(1, 'a', null)]), 'an attempt of task a is open');
  assert.equal(starts({ allowed: 1 }, [tried]), 'task a has had all its attempts');
});

test('a task is given up once, without a result, and when all its attempts have ended', () => {
  const givesUp = (more: Partial<TaskState>, ...attempts: readonly AttemptState[]) =>
    wrongGivingUp(stateOf([task('a', more), task('b')], { attempts }), 'a');
  const [first, second] = [attempt(1, 'a', 'no_progress'), attempt(2, 'a', 'turns_spent')];
  assert.equal(givesUp({}, first, second), null);
  for (const more of [INTEGRATED, ACCEPTED, { givenUp: true }])
    assert.equal(givesUp(more, first, second), 'task a is not to be given up');
  assert.equal(givesUp({}, first), 'task a has attempts left');
  assert.equal(givesUp({}, first, attempt(2, 'a', null)), 'task a has attempts left');
});

test('only one agent works while a budget is set and nothing says how much an agent reports at once', () => {
  const allowed = (tokens: string | null, picoUsd: string | null, reports?: { tokens?: string; picoUsd?: string }) => {
    const largestReport = { tokens: reports?.tokens ?? null, picoUsd: reports?.picoUsd ?? null };
    const state = stateOf([task('a')], { created: created({ maxAgents: 3, ...(reports ? { largestReport } : {}) }) });
    return agentsAllowed({
      ...state,
      budget: { ...state.budget, stored: { ...state.budget.stored, tokens, picoUsd } },
    });
  };
  assert.deepEqual(
    [allowed(null, null), allowed('9', null), allowed(null, '9'), allowed('9', null, { picoUsd: '1' })],
    [3, 1, 1, 1],
  );
  assert.deepEqual([allowed('9', null, { tokens: '1' }), allowed(null, '9', { picoUsd: '1' })], [3, 3]);
});

suite('what is done next of several tasks', () => {
  const after = (outcome: TurnOutcome | null, number = 1, of = 'a', taken = true): AttemptState => {
    const made = attempt(number, of, null);
    const snapshot = taken && outcome ? snapshotOf(tree(of)) : null;
    return { ...made, turns: made.turns.map((turn) => ({ ...turn, outcome, snapshot })) };
  };
  const CREATED = created({ maxAgents: 3 });
  const keys = (intents: readonly Intent[]) =>
    intents.map((intent) =>
      intent.kind === 'record' && intent.event.type === 'goal.ended' ? intent.event.data.status : intent.key,
    );
  const next = (tasks: readonly TaskState[], more: Partial<GoalState>) =>
    keys(decideTasks(stateOf(tasks, { created: CREATED, status: 'running', ...more }), []));
  const QUESTION = {
    question: { id: 'q', code: 'docs_only', text: 'Is it right?', subject: 's', paths: [], task: 'a' },
    answer: null,
  } as const;

  test('a task that waits for a person stands still, and the goal waits with it when nothing else is left', () => {
    const open = { ...attempt(1, 'a', null), turns: [] };
    const asked = { attempts: [open], questions: [QUESTION] };
    assert.deepEqual(next([task('a'), task('b', { givenUp: true })], asked), ['blocked_on_human']);
    assert.deepEqual(next([task('a'), task('b')], asked), ['attempt:2']);
  });

  test('what an ended execution left is kept before anything is begun', () => {
    const attempts = [after({ kind: 'interrupted' }, 1, 'a', false)];
    assert.deepEqual(next([task('a'), task('b')], { attempts }), ['snapshot:1:1']);
  });

  test('nothing is begun where an outside cause ends one task, and what is open goes on', () => {
    const gone = { kind: 'unavailable', reason: 'not_logged_in', detail: 'no key' } as const;
    assert.deepEqual(next([task('a'), task('b')], { attempts: [after(gone)] }), ['blocked_on_external']);
    const other = { ...attempt(2, 'b', null), turns: [] };
    assert.deepEqual(next([task('a'), task('b'), task('c')], { attempts: [after(gone), other] }), ['turn:2:1']);
  });

  test('no more turns run than agents are allowed', () => {
    const attempts = [1, 2].map((number) => ({ ...attempt(number, number === 1 ? 'a' : 'b', null), turns: [] }));
    const one = { attempts, created: created({ maxAgents: 1 }) };
    assert.deepEqual(next([task('a'), task('b')], one), ['turn:1:1']);
  });

  test('the whole is not judged while a task is missing, and an agent that never worked is said to be broken', () => {
    const head = { commit: 'c'.repeat(40), tree: tree('head') };
    const given = [task('a', INTEGRATED), task('b', { givenUp: true })];
    assert.deepEqual(next(given, { head }), ['not_ready']);
    const failed = { ...after({ kind: 'failed', reason: 'crashed', detail: 'x' }), ended: 'agent_failed' as const };
    assert.deepEqual(next([task('a', { givenUp: true }), task('b', { givenUp: true })], { attempts: [failed] }), [
      'failed_infra',
    ]);
  });

  test('tasks that are missing are gaps of the goal, and of no view of a part', () => {
    const state = stateOf([task('a', INTEGRATED), task('b', { givenUp: true })]);
    assert.deepEqual(
      taskGaps(state, () => []).map(({ code, subject }) => [code, subject]),
      [['G_TASK_OPEN', 'b']],
    );
    assert.deepEqual(
      taskGaps({ ...state, focus: { task: 'b', snapshot: null, start: BASE } }, () => []),
      [],
    );
  });

  test('work stands in the queue only where it was accepted, and what comes back three times gets no more attempts', () => {
    const state = stateOf([task('a'), task('b')], { attempts: [after(COMPLETED)] });
    assert.equal(attemptEnded(state, { attempt: 1, why: 'turns_spent' }).tasks[0]?.accepted, null);
    assert.equal(attemptEnded(state, { attempt: 1, why: 'accepted' }).tasks[0]?.accepted?.candidate, tree('a'));
    const back = { task: 'a', attempt: 1, why: { kind: 'conflict', onto: BASE, paths: [] } } as const;
    const returns = [1, 2, 3, 4].reduce(
      (list: readonly GoalState[]) => [...list, taskReturned(list.at(-1) ?? state, back)],
      [],
    );
    assert.deepEqual(
      returns.map(({ tasks }) => tasks[0]?.allowed),
      [3, 4, 5, 5],
    );
  });

  test('a check that shows another task is no gate of this one', () => {
    const criteria = ['a', 'b'].map(
      (id) => ({ id: `c-${id}`, text: id, kind: 'command', gate: `check-${id}` }) as const,
    );
    const state = stateOf([task('a'), task('b')], {
      created: CREATED,
      policy: policyOf(gateSpec(), checkGate('check-a'), checkGate('check-b')),
    });
    const tasks = (state.plan?.tasks ?? []).map((each) => ({ ...each, criteria: [`c-${each.id}`] }));
    const view = viewOfTask({ ...state, plan: { criteria, tasks } }, 'a');
    assert.deepEqual(
      view.policy?.gates.map(({ id }) => id),
      ['test', 'check-a'],
    );
  });
});
