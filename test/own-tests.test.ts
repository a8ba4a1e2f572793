import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed };
const GOAL = 'Add a subtract function and export it';

const write = (path: string, content: string): unknown => ({ write: { path, content } });
const subtract = write('src/subtract.js', 'export const subtract = (a, b) => a - b;\n');
const testOf = (assertion: string): unknown =>
  write(
    'test/subtract.test.js',
    `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
      `import { subtract } from '../src/subtract.js';\n\ntest('subtracts', () => ${assertion});\n`,
  );

test('from a green repository to ready: the worker writes tests, which fail where its functions do nothing', async (t) => {
  const m = await machine(t, green);
  const more = ['negate', 'halve', 'twice'].map((name) => `export const ${name} = (a) => [a, '${name}'];\n`).join('');
  const functions = write('src/subtract.js', `export const subtract = (a, b) => a - b;\n${more}`);
  const agent = m.agent({
    turns: [{ steps: [functions, testOf('assert.equal(subtract(5, 3), 2)'), { say: 'done' }] }],
  });
  const ran = await m.omk(['run', '--agent', agent, GOAL]);
  assert.equal(ran.code, 0, ran.out + ran.err);
  assert.match(ran.out, /^nothing fails yet, so the agent writes tests with its change/m);
  assert.match(
    ran.out,
    new RegExp(
      String.raw`scripted wrote the tests that show the goal, with the change, and no person read them: 1` +
        String.raw` of 1 new tests fail where the functions of the change do nothing \(subtract, negate, halve, twice\) \(K_ORACL` +
        String.raw`E_BY_WORKER\)`,
    ),
  );
  assert.match(
    ran.out,
    /they noticed 1 of 4 faults [^;]*; not when these do nothing: negate, halve, twice \(K_ORACLE_SHALLOW\)/,
  );
  assert.match(
    ran.out,
    /1 new test, written by scripted with the change; [^;]*; they noticed 1 of 4 faults [^;]*\. Read them: omk goal diff g-\S+\n$/,
  );
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
  assert.match(verified.out, /verified to V1/);
});

test('tests that pass also where the change does nothing, or none, go back to the agent and are never ready', async (t) => {
  const m = await machine(t, green);
  const agent = m.agent({
    turns: [
      { steps: [subtract, { say: 'done' }] },
      {
        when: { prompt_matches: 'adds no test that passes' },
        steps: [testOf("assert.equal(typeof subtract, 'function')"), { say: 'done' }],
      },
      {
        when: { prompt_matches: 'do not test what the change does' },
        steps: [{ say: 'I disagree' }],
      },
    ],
  });
  const run = parseRun(await m.omk(['run', '--json', '--max-attempts', '1', '--agent', agent, GOAL]));
  assert.equal(run.status, 'not_ready');
  assert.equal(run.events.filter((event) => event.type === 'turn.ended').length, 3, 'each reason was told');
  assert.ok(run.gaps.some((gap) => gap.code === 'G_OWN_TESTS'));
});

test('a person is asked where they want to be, before an agent is paid', async (t) => {
  const m = await machine(t, green);
  const asked = await m.omk(['run', '--oracle', 'ask', '--agent', m.agent({ turns: [] }), GOAL]);
  assert.equal(asked.code, 4, asked.out);
  assert.match(asked.out, /What shows that this is done\?/);
  const wrong = await m.omk(['run', '--oracle', 'me', '--agent', m.agent({ turns: [] }), GOAL]);
  assert.equal(wrong.code, 2);
});
