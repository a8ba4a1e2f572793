import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fc } from '../testing/fast-check.ts';
import { documentProblem, type PlanDocument } from './document.ts';
import { isWritable, writeProblem } from './safe-path.ts';

const GOOD: PlanDocument = {
  criteria: [{ id: 'c1', text: 'it subtracts', tests: ['subtracts'] }],
  tasks: [{ id: 't1', title: 'Add subtract' }],
};
const criterion = (more: object) => ({ ...GOOD, criteria: [{ id: 'c1', text: 'x', ...more }] });
const task = (more: object) => ({ ...GOOD, tasks: [{ id: 't1', title: 'x', ...more }] });
const rule = (plan: PlanDocument): string => documentProblem(plan)?.rule ?? '';

suite('the rules of a plan', () => {
  test('a good one breaks none', () => assert.equal(documentProblem(GOOD), null));

  test('a criterion is decided by one thing, and one of them shows a change', () => {
    assert.match(rule(criterion({})), /decided by one of/);
    assert.match(rule(criterion({ gate: 'test', fact: 'a exists' })), /decided by one of/);
    assert.match(rule(criterion({ fact: 'a is nice' })), /^a fact is/);
    assert.match(rule(criterion({ tests: ['a'], must: 'keep' })), /at least one criterion must say what changes/);
    assert.match(rule(criterion({ files: ['test/a.test.js'], must: 'keep' })), /cannot be must = "keep"/);
    assert.match(rule(criterion({ files: ['../a.test.js'] })), /not a plain path/);
  });

  test('none is for an audit, which changes no file', () => {
    assert.match(rule({ ...GOOD, class: 'audit' }), /an audit changes no file, so it has no plan/);
    assert.equal(rule({ ...GOOD, class: 'migration' }), '');
  });

  test('ids are unique, and what is named is there', () => {
    assert.match(rule({ ...GOOD, tasks: [...GOOD.tasks, ...GOOD.tasks] }), /'t1' is there twice/);
    assert.match(rule(task({ id: 'a b' })), /an id has letters/);
    assert.match(rule(task({ needs: ['t9'] })), /no task 't9'/);
    assert.match(rule(task({ criteria: ['c9'] })), /no criterion 'c9'/);
  });

  test('of several tasks one names each criterion that is decided by files', () => {
    const byFiles = { ...GOOD, criteria: [{ id: 'c1', text: 'x', files: ['test/a.test.js'] }] };
    const two = [
      { id: 't1', title: 'x' },
      { id: 't2', title: 'x' },
    ];
    assert.equal(rule(byFiles), '');
    assert.match(rule({ ...byFiles, tasks: two }), /one must name a criterion that is decided by files/);
    assert.equal(rule({ ...byFiles, tasks: two.with(1, { id: 't2', title: 'x', criteria: ['c1'] } as never) }), '');
  });

  test('tasks that wait for each other are named, with the place of the first', () => {
    const tasks = [
      { id: 'a', title: 'a' },
      { id: 'b', title: 'b', needs: ['a', 'd'] },
      { id: 'c', title: 'c', needs: ['b'] },
      { id: 'd', title: 'd', needs: ['c'] },
    ];
    assert.deepEqual(documentProblem({ ...GOOD, tasks }), {
      at: ['tasks', 1, 'needs'],
      rule: 'these tasks wait for each other: b, c, d',
    });
  });

  test('at most five questions, each with a default or the reason for none', () => {
    const question = (id: number, more: object) => ({ id: `q${id}`, text: 'Which?', ...more });
    const many = [1, 2, 3, 4, 5, 6].map((id) => question(id, { default: 'a' }));
    assert.match(rule({ ...GOOD, questions: many }), /at most 5 questions/);
    assert.match(rule({ ...GOOD, questions: [question(1, {})] }), /has a default, or says why/);
    assert.match(rule({ ...GOOD, questions: [question(1, { default: 'a', why: 'b' })] }), /and not both/);
  });

  test('any graph whose tasks need only earlier ones has no cycle', () =>
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(20)), { minLength: 1, maxLength: 12 }), (graph) => {
        const tasks = graph.map((needs, index) => ({
          id: `t${index}`,
          title: 'x',
          needs: needs.filter((need) => need < index).map((need) => `t${need}`),
        }));
        assert.equal(documentProblem({ ...GOOD, tasks }), null);
      }),
    ));
});

suite('commands of a plan', () => {
  const problemOf = (more: object) => {
    const own = { id: 'c2', text: 'x', ...more };
    const change = { id: 'c1', text: 'x', fact: 'a exists' };
    return documentProblem({ criteria: [change, own], tasks: [{ id: 't1', title: 'x' }] })?.rule ?? null;
  };
  const timing = { run: 'node b.js {n}', n: 1 };

  test('are kept where they are compared, and change where they are timed', () => {
    assert.equal(problemOf({ capture: [{ run: 'node a.js' }] }), null);
    assert.equal(problemOf({ timing }), null);
    assert.match(problemOf({ capture: [{ run: 'a' }], must: 'change' }) ?? '', /so it is must = "keep"/);
    assert.match(problemOf({ timing, must: 'keep' }) ?? '', /cannot be must = "keep"/);
    assert.match(problemOf({ timing, fact: 'a exists' }) ?? '', /decided by one of/);
  });

  test('name paths inside, patterns that are some, how much to do, and a speed that can be told', () => {
    assert.match(problemOf({ capture: [{ run: 'a', outputs: ['../x'] }] }) ?? '', /x/);
    assert.match(problemOf({ capture: [{ run: 'a', mask: ['('] }] }) ?? '', /no regular expression/);
    assert.match(problemOf({ timing: { run: 'node b.js', n: 1 } }) ?? '', /says \{n\}/);
    assert.match(problemOf({ timing: { ...timing, percent: 101 } }) ?? '', /110 at least/);
  });
});

suite('write sets', () => {
  const never = [
    '.git/config',
    '.omk/gates.toml',
    '.github/workflows/ci.yml',
    '.husky/pre-commit',
    '.claude/settings.json',
    'AGENTS.md',
  ];

  test('never name what judges, runs by itself, or tells agents what to do', () => {
    for (const path of [...never, '/etc', '../x', 'a//b', './a', 'a\\b', 'a\nb', ''])
      assert.notEqual(writeProblem(path), null, path);
    for (const path of ['src/**', 'src/', '**', 'a.js', 'lib/*.py']) assert.equal(writeProblem(path), null, path);
    assert.match(rule(task({ writes: ['.github/'] })), /protected/);
  });

  test('hold exact paths, folders and patterns, and never what is protected', () => {
    for (const path of never) assert.equal(isWritable(['**'], path), false, path);
    const cases: readonly [string, string, boolean][] = [
      ['src/', 'src/a/b.js', true],
      ['src/**', 'src/a.js', true],
      ['src/**', 'srcs/a.js', false],
      ['src/*.js', 'src/a.js', true],
      ['src/*.js', 'src/a/b.js', false],
      ['**/*.md', 'README.md', true],
      ['**/*.md', 'docs/a/b.md', true],
      ['a/**/z', 'a/z', true],
      ['a.js', 'axjs', false],
      ['**', 'any/thing', true],
    ];
    for (const [glob, path, expected] of cases) assert.equal(isWritable([glob], path), expected, `${glob} ${path}`);
  });
});
