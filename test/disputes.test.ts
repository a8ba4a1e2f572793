import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed };
const write = (path: string, content: string): unknown => ({ write: { path, content } });
const subtract = (body: string, folder = ''): unknown =>
  write(`${folder}src/subtract.js`, `export const subtract = ${body};\n`);
const check = (name: string, assertion: string): unknown =>
  write(
    `test/${name}.test.js`,
    `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
      `import { subtract } from '../src/subtract.js';\n\ntest('${name}', () => ${assertion});\n`,
  );
const right = [check('small', 'assert.equal(subtract(5, 3), 2)'), check('below', 'assert.equal(subtract(3, 10), -7)')];
const disputes = (...names: readonly string[]) => ({
  disputes: names.map((name) => ({ check: `test/${name}.test.js`, why: 'it is wrong' })),
});
// Which of the two it sees is chosen by digest: the tool refuses the other, the file takes any.
const claims = ['small', 'below'].map((name) => ({
  hand_in: { tool: 'check_dispute', arguments: disputes(name), via: 'tool' },
}));
const claim = write('omk-disputes.json', JSON.stringify(disputes('small', 'below')));

test('a right check that the worker disputes is asked about once, and stays as it was', async (t) => {
  const m = await machine(t, green);
  const agent = m.agent({
    turns: [
      { when: { prompt_matches: 'Your part' }, steps: [...right, subtract('() => 0', 'omk-oracle/wrong/')] },
      { when: { prompt_matches: 'omk-disputes.json' }, steps: [subtract('() => 1'), ...claims, claim] },
    ],
  });
  const flags = ['--planner', 'never', '--oracle', 'agent', '--max-attempts', '1', '--max-turns', '1'];
  const ran = await m.omk(['run', ...flags, '--agent', agent, 'Add a subtract function in src/subtract.js']);
  assert.equal(ran.code, 4, ran.out + ran.err);
  assert.match(ran.out, /All else passes, and these checks of another session do not: test\/\w+\.test\.js/);
  assert.match(
    (await m.omk(['goal', 'log'])).out,
    /Not taken:[^]*there is no check 'test\/\w+\.test\.js'/,
    'told at once',
  );
  assert.match(ran.out, /the worker says of test\/\w+\.test\.js: it is wrong/);
  assert.equal((await m.omk(['goal', 'answer', '--reject', 'they are right'])).code, 0);
  const again = await m.omk(['goal', 'resume']);
  assert.equal(again.code, 3, again.out + again.err);
  assert.match(again.out, /scripted wrote both the checks and the change .*K_SAME_MODEL/);
  assert.doesNotMatch((await m.omk(['goal', 'diff'])).out, /omk-disputes/, 'what it says is no part of the change');
  assert.match((await m.omk(['verify'])).out, /verified to V1/);
});

test(
  '--oracle-disputes agent: a fresh session corrects a wrong check, and the work that was done is judged by it',
  { skip: slow },
  async (t) => {
    const m = await machine(t, green);
    const content = (name: string, expected: string): string =>
      `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
      `import { subtract } from '../src/subtract.js';\n\ntest('${name}', () => assert.equal(subtract(3, 10), ${expected}));\n`;
    const rank = (text: string): string => createHash('sha256').update(text).digest('hex');
    const good = content('good', '-7');
    // Which of the two is hidden from the worker follows from their digests.
    const bad =
      ['bad', 'worse', 'awful', 'poor', 'false', 'wrong']
        .map((name) => content(name, '7'))
        .find((each) => rank(each) > rank(good)) ?? '';
    const paths = ['test/good.test.js', 'test/odd.test.js'] as const;
    const weaker = write(paths[1], bad.replace('assert.equal(subtract(3, 10), 7)', 'assert.ok(subtract)'));
    const agent = m.agent({
      turns: [
        {
          when: { prompt_matches: 'asserts as much as before' },
          steps: [write(paths[1], bad.replace(', 7)', ', -7)'))],
        },
        {
          when: { prompt_matches: 'Look again' },
          steps: [{ read: { path: 'omk-oracle/wrong/src/subtract.js' } }, weaker],
        },
        {
          when: { prompt_matches: 'Your part' },
          steps: [write(paths[0], good), write(paths[1], bad), subtract('() => 0', 'omk-oracle/wrong/')],
        },
        {
          when: { prompt_matches: 'omk-disputes.json' },
          steps: [
            subtract('(a, b) => a - b'),
            write('omk-disputes.json', JSON.stringify({ disputes: [{ check: paths[1], why: '3 - 10 is -7' }] })),
          ],
        },
      ],
    });
    const flags = [
      '--planner',
      'never',
      '--oracle',
      'agent',
      '--oracle-disputes',
      'agent',
      '--max-attempts',
      '1',
      '--max-turns',
      '1',
    ];
    const run = parseRun(
      await m.omk(['run', '--json', ...flags, '--agent', agent, 'Add a subtract function in src/subtract.js']),
    );
    assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
    assert.deepEqual(
      run.events.flatMap(({ type, data }) => (type === 'attempt.started' ? [data?.['role'] ?? 'worker'] : [])),
      ['oracle', 'worker', 'oracle'],
      'the worker is not paid again',
    );
    assert.match(
      JSON.stringify(run.events),
      /a corrected check asserts as much as before: weakened {2}test\/odd\.test\.js/,
    );
    assert.match((await m.omk(['goal', 'diff'])).out, /subtract\(3, 10\), -7/);
    const verified = await m.omk(['verify']);
    assert.equal(verified.code, 0, verified.out);
  },
);
