import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import type { GoalState } from '../goal/state.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { decideTasks } from '../decide/decide-tasks.ts';
import { whyTask } from './why.ts';

const said = (state: GoalState, id: string): string => whyTask(state, 'g', id)?.text ?? 'no such task';

describe('why a task is not worked on', () => {
  const done = { integrated: { commit: 'c'.repeat(40), tree: 't'.repeat(40), attempt: 1 } };

  it('names what it waits for, and how far that is', () => {
    const state = stateOf([task('a', done), task('b'), task('c')], { needs: { c: ['a', 'b'] } });
    assert.equal(said(state, 'c'), 'it waits for b (ready)');
    assert.match(said(state, 'a'), /^it is done: commit c{12} /);
    assert.equal(said(state, 'z'), 'no such task');
  });

  it('names the task whose files it may write, the agents that are at work, and the budget that lets only one', () => {
    const attempts = [attempt(1, 'a', null)];
    const meets = stateOf([task('a'), task('b')], { attempts, writes: { a: ['src/'], b: ['src/b.js'] } });
    assert.equal(said(meets, 'b'), 'it may write what a may write, which is working');
    assert.equal(said(stateOf([task('a'), task('b')], { attempts }), 'b'), '1 of 1 agents are at work already');
    assert.equal(said(meets, 'a'), 'an agent works on it (attempt 1)');
  });

  it('says what came back, what was given up and what hangs on it', () => {
    const attempts = [attempt(1, 'a', 'no_progress')];
    assert.match(said(stateOf([task('a'), task('b')], { attempts }), 'a'), /^attempt 1 ended without a result; /);
    const given = stateOf([task('a', { givenUp: true }), task('b')], { needs: { b: ['a'] }, status: 'not_ready' });
    assert.equal(whyTask(given, 'g-1', 'a')?.fix, 'omk goal resume g-1 gives it new ones');
    assert.equal(said(given, 'b'), 'it needs a, which was not done');
  });

  it('says that the goal stands still, or waits for a person', () => {
    const paused = stateOf([task('a'), task('b')], { status: 'paused' });
    assert.deepEqual(whyTask(paused, 'g-1', 'a'), { text: 'the goal is paused', fix: 'omk goal resume g-1' });
    const question = { id: 'q', code: 'docs_only', text: 'Is it right?', subject: 's', paths: [], task: 'a' } as const;
    const asked = stateOf([task('a'), task('b')], {
      questions: [{ question, answer: null }],
      status: 'blocked_on_human',
    });
    assert.equal(said(asked, 'a'), 'it waits for an answer: Is it right?');
    assert.equal(said(asked, 'b'), 'the goal is blocked_on_human');
  });

  it('says of every task that is started next that it is about to begin, and something of each', () => {
    const kinds = fc.constantFrom('fresh', 'working', 'tried', 'given_up', 'done');
    fc.assert(
      fc.property(
        fc.array(fc.record({ kind: kinds, needs: fc.nat(5), writes: fc.constantFrom('', 'a/', 'b/') }), {
          minLength: 2,
          maxLength: 6,
        }),
        (made) => {
          const ids = made.map((_, index) => `t${index}`);
          const tasks = made.map(({ kind }, index) =>
            task(`t${index}`, { givenUp: kind === 'given_up', ...(kind === 'done' ? done : {}) }),
          );
          const state = stateOf(tasks, {
            attempts: made.flatMap(({ kind }, index) => {
              if (kind === 'working') return [attempt(index + 1, `t${index}`, null)];
              return kind === 'tried' ? [attempt(index + 1, `t${index}`, 'no_progress')] : [];
            }),
            needs: Object.fromEntries(
              ids.map((id, index) => [id, ids.slice(0, index).filter((_, n) => n === made[index]?.needs)]),
            ),
            writes: Object.fromEntries(ids.map((id, index) => [id, made[index]?.writes ? [made[index].writes] : []])),
          });
          for (const intent of decideTasks(state, []))
            if (intent.kind === 'start_attempt') assert.match(said(state, intent.task), /is about to begin$/);
          for (const id of ids) assert.ok(said(state, id) !== 'no such task' && said(state, id).length > 8);
        },
      ),
    );
  });
});
