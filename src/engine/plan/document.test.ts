import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OmkError } from '../../domain/error.ts';
import type { DocumentProblem, PlanDocument } from '../../domain/plan/document.ts';
import { BASE, gateSpec } from '../../domain/testing/build.ts';
import { checkGates, checkPlan, withFiles, type GivenPlan } from '../commands/given-plan.ts';
import { memoryVault } from '../testing/memory-vault.ts';
import { documentOf } from './document.ts';

const GOOD = { criteria: [{ id: 'c1', text: 'it adds', gate: 'test' }], tasks: [{ id: 't1', title: 'Add' }] };

suite('a plan is read', () => {
  test('as it was written, where the schema takes it', () => {
    assert.deepEqual(documentOf(GOOD), { kind: 'document', document: GOOD });
  });

  for (const [what, value, at, rule] of [
    ['a key that there is not', { ...GOOD, taks: [] }, ['taks'], "unknown key 'taks'"],
    [
      'a mistyped key before the one that is missing',
      { criteria: GOOD.criteria, task: GOOD.tasks },
      ['task'],
      "unknown key 'task'",
    ],
    ['a key that is missing', { criteria: GOOD.criteria }, [], "'tasks' is missing"],
    ['another type', { ...GOOD, tasks: 'one' }, ['tasks'], "'tasks' must be an array"],
    ['an empty text', { ...GOOD, tasks: [{ id: '', title: 'x' }] }, ['tasks', 0, 'id'], "'id' may not be empty"],
    ['an empty list', { ...GOOD, tasks: [] }, ['tasks'], "'tasks' may not be empty"],
    ['a text that is too long', { ...GOOD, goal: 'x'.repeat(20_001) }, ['goal'], "'goal' is longer than 20000"],
    [
      'a word that is none of those',
      { ...GOOD, class: 'magic' },
      ['class'],
      "'class' must be one of docs, audit, refactor, port, rewrite, migration, performance",
    ],
    ['an entry that is no table', { ...GOOD, tasks: [7] }, ['tasks', 0], 'number 1 must be a table'],
    ['a key inside an entry', { ...GOOD, tasks: [{ id: 't1' }] }, ['tasks', 0], "'title' is missing"],
    ['no table at all', null, [], "'the plan' must be a table"],
  ] as const)
    test(`${what} is named with its place`, () => {
      assert.deepEqual(documentOf(value), { kind: 'problem', at, rule });
    });
});

suite('a plan that a person gave', () => {
  const given = (document: PlanDocument, files: readonly string[] = []): GivenPlan => ({
    document,
    sha256: 'a'.repeat(64),
    files: files.map((path) => ({ path, mode: '100644', content: Buffer.from(path) })),
    wrong: ({ at, rule }: DocumentProblem) => new OmkError('PLAN_INVALID', `${at.join('.')}: ${rule}`, 'x'),
  });
  const withTests: PlanDocument = { ...GOOD, criteria: [{ id: 'c1', text: 'x', files: ['test/new.test.js'] }] };

  test('names gates that there are', () => {
    assert.throws(() => checkGates(given(GOOD), [gateSpec({ id: 'lint' })]), {
      message: "criteria.0.gate: there is no gate 'test'; the gates are: lint",
    });
    assert.throws(() => checkGates(given(GOOD), []), { message: /the gates are: none$/ });
    checkGates(given(GOOD), [gateSpec()]);
  });

  test('brings test files of names that the base does not have', async () => {
    const plan = given(withTests, ['test/new.test.js']);
    await checkPlan(plan, [], memoryVault({ 'a.js': '' }), BASE);
    await assert.rejects(checkPlan(plan, [], memoryVault({ 'test/new.test.js': '' }), BASE), {
      message: /^criteria\.0\.files: the base has a file of that name already/,
    });
  });

  test('its files are checks that the agent sees, and take the place of hidden ones of the same name', () => {
    const hidden = { path: 'test/new.test.js', mode: '100644', content: Buffer.from('hidden') } as const;
    const other = { ...hidden, path: 'test/other.test.js' };
    const request = { files: [hidden, other], wrong: null, hidden: ['/home/x'] };
    const both = withFiles(request, given(withTests, ['test/new.test.js']));
    assert.deepEqual(
      both?.files.map(({ path }) => path),
      ['test/other.test.js', 'test/new.test.js'],
    );
    assert.deepEqual([...(both?.visible ?? [])], ['test/new.test.js']);
    assert.deepEqual(both?.hidden, ['/home/x']);
  });

  test('without files it changes nothing', () => {
    const request = { files: [], wrong: null, hidden: [] };
    assert.equal(withFiles(request, given(GOOD)), request);
    assert.equal(withFiles(null, given(GOOD)), undefined);
  });
});
