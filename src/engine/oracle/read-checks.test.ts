import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { GoalState } from '../../domain/goal/state.ts';
import { NOTE, WRONG } from '../../domain/goal/checks-submission.ts';
import { snapshotOf } from '../../domain/testing/build.ts';
import { handedIn } from '../../domain/testing/handed-in.ts';
import { fold } from '../../domain/transition/evolve.ts';
import { sealedName } from '../held-out/seal.ts';
import { planOf, started, taskOf, turned } from '../testing/events.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { memoryVault, type Files } from '../testing/memory-vault.ts';
import { readPlan } from '../planner/read-plan.ts';
import { planFileOf } from '../../domain/planner/hand-in.ts';
import { readChecks } from './read-checks.ts';

const BASE_FILES: Files = { 'src/add.js': 'export const add = (a, b) => a + b;\n', 'test/add.test.js': 'old\n' };
const CHECK = "import { add } from '../src/add.js';\nassert.equal(add(1, 2), 3);\n";
const OTHER = "import { add } from '../src/add.js';\nassert.equal(add(2, 2), 4);\n";
const TESTS: Files = { 'test/new.test.js': CHECK, 'test/more.test.js': OTHER };
const GOOD: Files = { ...TESTS, [`${WRONG}src/add.js`]: 'export const add = () => 0;\n' };

/** An oracle whose turn left these files beside those of the base. */
async function oracle(left: Files, note: object | null = null) {
  const vault = memoryVault(BASE_FILES);
  const text = note === null ? {} : { [NOTE]: JSON.stringify(note) };
  const snapshot = snapshotOf(vault.treeWith({ ...BASE_FILES, ...left, ...text }));
  const [first] = fold(handedIn).oracles;
  assert.ok(first);
  const [turn] = first.turns;
  assert.ok(turn);
  const state: Partial<GoalState> = { oracles: [{ ...first, turns: [{ ...turn, snapshot }] }] };
  const goal = await fakeContext({ base: BASE_FILES, vault, state });
  await readChecks(goal.context, 1, 1);
  const [event] = goal.appended();
  assert.ok(event?.type === 'checks.submitted');
  return { ...goal, data: event.data };
}

suite('checks of an oracle', () => {
  test('that keep the rules are sealed where no agent looks, with the tree that they must fail on', async () => {
    const { data, vault, privately, session } = await oracle(GOOD);
    assert.ok(data.kind === 'read', JSON.stringify(data));
    assert.deepEqual(data.checks.paths.toSorted(), ['test/more.test.js', 'test/new.test.js']);
    assert.equal(data.checks.visible?.length, 1, 'one of them is hidden from the worker');
    assert.deepEqual(vault.filesOf(data.checks.oracle)['src/add.js'], 'export const add = () => 0;\n');
    assert.equal(vault.filesOf(data.checks.oracle)['test/new.test.js'], undefined, 'the wrong solution has no checks');
    assert.match(privately.get(sealedName(session.goal)) ?? '', /test\/new\.test\.js/);
  });

  test('without a wrong solution, or with one that the repository has already, show nothing and are refused', async () => {
    const none = await oracle(TESTS);
    assert.ok(none.data.kind === 'refused');
    const same = await oracle({ ...GOOD, [`${WRONG}src/add.js`]: BASE_FILES['src/add.js'] ?? '' });
    assert.ok(same.data.kind === 'refused');
    assert.match(same.data.why.join(), /is what the repository has already/);
    assert.equal(same.privately.size, 0, 'nothing is sealed');
  });

  test('of a single file are refused, as none could be hidden from the worker', async () => {
    const { 'test/more.test.js': _more, ...one } = GOOD;
    const { data, privately } = await oracle(one);
    assert.ok(data.kind === 'refused');
    assert.match(data.why.join(), /needs two test files at least/);
    assert.equal(privately.size, 0);
  });

  test('that hand in nothing are refused, with why', async () => {
    const { data } = await oracle({});
    assert.ok(data.kind === 'refused' && data.why.length > 0);
  });

  test('of a turn that left nothing are a bug, and no refusal', async () => {
    const goal = await fakeContext({ state: {} });
    await assert.rejects(readChecks(goal.context, 1, 1), TypeError);
    assert.deepEqual(goal.appended(), []);
  });
});

suite('the plan of a planner', () => {
  const DOCUMENT = {
    criteria: [{ id: 'c1', text: 'it subtracts', oracle: true }],
    tasks: [{ id: 't1', title: 'Subtract' }],
  };

  async function planner(text: string | null) {
    const plain = await fakeContext();
    const path = planFileOf(plain.session.goal);
    const vault = memoryVault({});
    const snapshot = snapshotOf(vault.treeWith(text === null ? {} : { [path]: text }));
    const worked = await fakeContext({ events: [planOf(taskOf('t1')), started(1), ...turned(1, 1, snapshot)] });
    const goal = await fakeContext({ vault, state: { planners: worked.session.state.attempts } });
    await readPlan(goal.context, 1, 1);
    const [event] = goal.appended();
    assert.ok(event?.type === 'plan.submitted');
    return event.data;
  }

  test('is read by the rules of a given one', async () => {
    const data = await planner(JSON.stringify(DOCUMENT));
    assert.ok(data.kind === 'read', JSON.stringify(data));
    assert.deepEqual(data.document, DOCUMENT);
    assert.match(data.sha256, /^[0-9a-f]{64}$/);
  });

  for (const [what, text, why] of [
    ['is not there', null, /no plan was handed in/],
    ['is no JSON', 'plan:', /not valid JSON/],
    ['has an unknown key', JSON.stringify({ ...DOCUMENT, steps: [] }), /^steps.*unknown key 'steps'/],
    ['is too long', `${JSON.stringify(DOCUMENT)}${' '.repeat(65 * 1024)}`, /at most 65536/],
  ] as const)
    test(`that ${what} is refused with a sentence for the planner`, async () => {
      const data = await planner(text);
      assert.ok(data.kind === 'refused');
      assert.match(data.why[0] ?? '', why);
    });

  test('of a turn that left nothing is a bug', async () => {
    const goal = await fakeContext({ state: {} });
    await assert.rejects(readPlan(goal.context, 1, 1), TypeError);
  });
});
