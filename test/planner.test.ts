import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';
import { noTerminal, onTerminal } from './support/terminal.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed };
const GOAL = 'Add a subtract function in src/subtract.js and export it';
const PLANNER = 'Make the plan for this goal';
const ORACLE = 'Write the tests that show';

const write = (path: string, content: string): unknown => ({ write: { path, content } });
const turn = (prompt: string, ...steps: readonly unknown[]): unknown => ({ when: { prompt_matches: prompt }, steps });
const plan = (document: unknown, via = 'tool'): unknown => ({
  hand_in: { tool: 'plan_submit', arguments: document, via },
});
const document = {
  criteria: [
    { id: 'subtracts', text: 'subtract(5, 3) is 2', oracle: true },
    { id: 'small', text: 'no dependency is added', must: 'keep', fact: 'package.json lacks lodash' },
  ],
  interface: ['subtract(a, b), exported by src/subtract.js'],
  tasks: [{ id: 't1', title: 'Add subtract', writes: ['src/'] }],
  questions: [{ id: 'negative', text: 'What of negative numbers?', default: 'They work too.' }],
};
const wrong = write('omk-oracle/wrong/src/subtract.js', 'export const subtract = () => 0;\n');
const check = (name: string, assertion: string): unknown =>
  write(
    `test/${name}.test.js`,
    `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
      `import { subtract } from '../src/subtract.js';\n\ntest('${name}', () => ${assertion});\n`,
  );
const oracle = turn(
  ORACLE,
  check('small', 'assert.equal(subtract(5, 3), 2)'),
  check('below', 'assert.equal(subtract(3, 10), -7)'),
  wrong,
);
const solved = turn('What of negative numbers', write('src/subtract.js', 'export const subtract = (a, b) => a - b;\n'));

test('a session makes the plan, one writes its tests, one does the work, and the verifier follows all of it', async (t) => {
  const m = await machine(t, green);
  const agent = m.agent({
    turns: [
      turn(PLANNER, plan({ ...document, tasks: [] }), plan(document), write('README.md', 'thrown away')),
      oracle,
      solved,
    ],
  });
  const ran = await m.omk(['run', '--oracle', 'agent', '--agent', agent, GOAL]);
  assert.equal(ran.code, 0, ran.out + ran.err);
  assert.match(ran.out, /an agent first makes a plan/);
  assert.doesNotMatch(ran.out, /nothing fails yet/, 'what comes before the work is said once');
  assert.match(ran.out, /to read the tests that were written first: omk goal diff --checks g-/);
  assert.match(ran.out, /shows {4}subtracts: subtract\(5, 3\) is 2 \(tests are written for it\)/);
  assert.match((await m.omk(['goal', 'log'])).out, /Not taken:[^]*'tasks' may not be empty[^]*Taken\./, 'told at once');
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
  assert.doesNotMatch((await m.omk(['goal', 'diff'])).out, /thrown away/);
});

test(
  'a plan that breaks a rule goes back with the rule, and after three times a person is asked, before a worker is paid',
  { skip: slow },
  async (t) => {
    const m = await machine(t, green);
    const agent = m.agent({
      turns: [
        turn(PLANNER, write('README.md', 'no plan')),
        turn('there is no omk-plan', plan({ ...document, criteria: [{ id: 'a', text: 'x', gate: 'nope' }] }, 'file')),
        turn("there is no gate 'nope'", plan({ ...document, tasks: [] })),
      ],
    });
    const run = parseRun(await m.omk(['run', '--json', '--oracle', 'agent', '--agent', agent, GOAL]));
    assert.equal(run.status, 'blocked_on_human');
    assert.deepEqual(
      run.events.flatMap(({ type, data }) => (type === 'attempt.started' ? [data?.['role']] : [])),
      ['planner'],
    );
    assert.match(
      JSON.stringify(run.events.findLast(({ type }) => type === 'plan.submitted')),
      /'tasks' may not be empty/,
    );
    assert.match(
      JSON.stringify(run.events.find(({ type }) => type === 'question.asked')),
      /No plan was made that holds/,
    );
  },
);

test(
  'a plan is made without the work, asked about at the terminal, and edited until the work begins',
  { skip: noTerminal },
  async (t) => {
    const m = await machine(t, green);
    const solved = write('src/subtract.js', 'export const subtract = (a, b) => a - b;\n');
    const own = check('subtract', 'assert.equal(subtract(5, 3), 2)');
    const agent = m.agent({ turns: [turn(PLANNER, plan(document)), { steps: [solved, own] }] });
    const made = await m.omk(['goal', 'plan', '--agent', agent, GOAL]);
    assert.equal(made.code, 0, made.out + made.err);
    assert.match(made.out, /waits for your approval/);
    assert.doesNotMatch(made.out, /not run on|missing/, 'what waits for a person has nothing to show');
    const waits = await onTerminal(m, 'goal resume', [['Approve the plan', '\u0003']]);
    assert.equal(waits.code, 4, `no worker is paid before: ${waits.text}`);
    const file = `${m.dir}/plan.json`;
    const edited = { ...document, tasks: [{ id: 'only', title: 'Subtract it', writes: ['src/', 'test/'] }] };
    await writeFile(file, JSON.stringify({ ...edited, criteria: [] }));
    assert.match(
      (await m.omk(['goal', 'plan', '--edit', '--from', file])).err,
      /plan\.json:1: 'criteria' may not be empty/,
    );
    await writeFile(file, JSON.stringify(edited));
    assert.equal((await m.omk(['goal', 'plan', '--edit', '--from', file])).code, 0);
    assert.match((await m.omk(['goal', 'plan'])).out, /task {5}only: Subtract it/);
    const ran = await m.omk(['goal', 'resume']);
    assert.equal(ran.code, 0, `what a person wrote needs no approval: ${ran.out}`);
    const late = await m.omk(['goal', 'plan', '--edit', '--from', file]);
    assert.deepEqual([late.code, /goal is ready/.test(late.err)], [2, true]);
    assert.equal((await m.omk(['verify'])).code, 0);
  },
);
