import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalState } from '../goal/state.ts';
import type { TreeId } from '../ids.ts';
import type { Criterion } from '../plan/plan.ts';
import { BASE, created, examinedOf, FIX, gateSpec, measurement, policyOf, shows, tree } from '../testing/build.ts';
import { attempt, stateOf, task } from '../testing/task-states.ts';
import { notNoticed } from './tests-of-tasks.ts';

const [ONE, TWO, HOLLOW] = [tree('one'), tree('two'), tree('hollow')];
const written = (id: string): Criterion => ({ id, text: id, kind: 'tests', ids: [] });
const passes = (on: TreeId, ...passed: readonly string[]) =>
  measurement({ tree: on, purpose: on === BASE ? 'baseline' : 'candidate', ...shows({ passed: ['adds', ...passed] }) });
const land = (of: string, number: number, candidate: TreeId) => ({
  task: of,
  attempt: number,
  candidate,
  commit: String(number).repeat(40),
  tree: candidate,
});

/** Two tasks landed, each with a new test; `failed`: of the whole where its functions do nothing. */
function landed(failed: readonly string[], more: Partial<GoalState> = {}): GoalState {
  const state = stateOf([task('one'), task('two')]);
  const hollow = { candidate: FIX, tree: HOLLOW, how: 'emptied', functions: [], count: 1 } as const;
  return {
    ...state,
    created: created({ oracleRules: 6 }),
    policy: policyOf(gateSpec({ baselineRuns: 1 })),
    plan: {
      ownTests: true,
      criteria: [written('c-one'), written('c-two')],
      tasks: (state.plan?.tasks ?? []).map((each) => ({ ...each, criteria: [`c-${each.id}`] })),
    },
    attempts: [attempt(1, 'one', 'accepted'), attempt(2, 'two', 'accepted')],
    landed: [land('one', 1, ONE), land('two', 2, TWO)],
    examined: new Map([[FIX, examinedOf(FIX)]]),
    hollowed: new Map([[FIX, hollow]]),
    measurements: [
      passes(BASE),
      passes(ONE, 'first'),
      passes(TWO, 'second'),
      passes(FIX, 'first', 'second'),
      measurement({
        tree: HOLLOW,
        purpose: 'hollow',
        ...shows({ passed: ['adds', 'first', 'second'].filter((id) => !failed.includes(id)), failed: [...failed] }),
      }),
    ],
    ...more,
  };
}

const open = (state: GoalState): readonly string[] => notNoticed(state, FIX).map(({ criterion }) => criterion.id);

suite('tests of one task show nothing of another’s', () => {
  test('each criterion needs a new test of its own tasks that fails where nothing is done', () => {
    assert.deepEqual(open(landed(['first', 'second'])), []);
    assert.deepEqual(open(landed(['first'])), ['c-two']);
    assert.deepEqual(open(landed(['second'])), ['c-one']);
    assert.deepEqual(notNoticed(landed(['first']), FIX)[0]?.tasks, ['two']);
  });

  test('a test that was there when the work began is not of it', () => {
    const begunLater = (failed: readonly string[]): GoalState => {
      const state = landed(failed);
      const [first] = state.landed;
      assert.ok(first);
      const second = { ...attempt(2, 'two', 'accepted'), base: { commit: first.commit, tree: first.tree } };
      const measurements = state.measurements.map((each) =>
        each.tree === TWO ? passes(TWO, 'first', 'second') : each,
      );
      return { ...state, attempts: [attempt(1, 'one', 'accepted'), second], measurements };
    };
    assert.deepEqual(open(begunLater(['first'])), ['c-two']);
    assert.deepEqual(open(begunLater(['first', 'second'])), []);
  });

  test('what mends the whole may bring the test that was missing', () => {
    const state = landed(['first', 'third']);
    const tasks = [...(state.plan?.tasks ?? []), { ...task('final-1'), title: '', brief: '', needs: [], writes: [] }];
    const mended = {
      plan: {
        ...state.plan,
        ownTests: true,
        criteria: state.plan?.criteria ?? [],
        tasks: tasks.map((each) => ({ criteria: ['c-one', 'c-two'], ...each })),
      },
      landed: [...state.landed, land('final-1', 3, FIX)],
      measurements: [...state.measurements, passes(FIX, 'first', 'second', 'third')],
    } as const;
    assert.deepEqual(open(landed(['first', 'third'], mended)), []);
    assert.deepEqual(open(landed(['first'], { ...mended, landed: state.landed })), ['c-two']);
  });

  test('logs of before, one task, and tests of another session are judged as a whole', () => {
    const state = landed(['first']);
    assert.deepEqual(open(landed(['first'], { created: created({ oracleRules: 5 }) })), []);
    assert.deepEqual(open(landed(['first'], { tasks: [task('one')] })), []);
    assert.ok(state.plan);
    assert.deepEqual(open(landed(['first'], { plan: { ...state.plan, oracle: 'agent' } })), []);
  });
});
