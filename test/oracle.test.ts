import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed };
const GOAL = 'Add a subtract function in src/subtract.js and export it';
const ORACLE = 'Your part';

const write = (path: string, content: string): unknown => ({ write: { path, content } });
const solution = (body: string): unknown => write('src/subtract.js', `export const subtract = ${body};\n`);
const wrong = write('omk-oracle/wrong/src/subtract.js', 'export const subtract = () => 0;\n');
const check = (name: string, assertion: string): unknown =>
  write(
    `test/${name}.test.js`,
    `import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n` +
      `import { subtract } from '../src/subtract.js';\n\ntest('${name}', () => ${assertion});\n`,
  );
const checks = [check('small', 'assert.equal(subtract(5, 3), 2)'), check('below', 'assert.equal(subtract(3, 10), -7)')];
const turn = (prompt: string, ...steps: readonly unknown[]): unknown => ({ when: { prompt_matches: prompt }, steps });

test('a session writes checks, another is judged by them: what only fits those it sees goes back, what it edits is put back', async (t) => {
  const m = await machine(t, green);
  const edit = (name: string): unknown => check(name, 'assert.ok(subtract)');
  const config = `${m.env['XDG_CONFIG_HOME'] ?? ''}/omk`;
  mkdirSync(config, { recursive: true });
  writeFileSync(`${config}/config.toml`, '[roles.oracle]\nmodel = "careful"\n');
  const agent = m.agent({
    models: ['quick', 'careful'],
    turns: [
      turn(ORACLE, ...checks, wrong),
      turn('hidden checks do not pass', solution('(a, b) => a - b')),
      // Right for the one check that it sees, whichever that is.
      turn('- test/small', solution('() => 2'), edit('small')),
      turn('- test/below', solution('() => -7'), edit('below')),
    ],
  });
  const ran = await m.omk([
    'run',
    '--planner',
    'never',
    '--oracle',
    'agent',
    '--max-attempts',
    '1',
    '--max-turns',
    '1',
    '--agent',
    agent,
    GOAL,
  ]);
  assert.equal(ran.code, 3, ran.out + ran.err);
  assert.match(ran.out, /^tests of the goal: 2 files, red on a wrong solution; 1 of them hidden from the worker$/m);
  assert.match(ran.out, /hidden checks do not pass \(1\)/, 'special cases are no solution');
  assert.match(ran.out, /no person read them: 2 files, 1 of them hidden .* \(K_ORACLE_BY_AGENT\)/);
  const shown = await m.omk(['goal', 'diff', '--checks']);
  for (const part of ['subtract(5, 3)', 'subtract(3, 10)', '() => 0', 'hidden from the worker'])
    assert.ok(shown.out.includes(part), part);
  assert.equal((await m.omk(['goal', 'plan', '--approve'])).code, 0);
  const again = await m.omk(['goal', 'resume']);
  assert.equal(again.code, 0, again.out + again.err);
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
  assert.match(verified.out, /verified to V1/);
  assert.match(verified.out, /OMK_HELD_OUT/);
  assert.match(verified.out, /OMK_ORACLE_APPROVED/);
  assert.doesNotMatch(verified.out, /K_ORACLE_BY_AGENT|K_SAME_MODEL/);
  const diff = await m.omk(['goal', 'diff']);
  assert.ok(!diff.out.includes('assert.ok(subtract)'), 'what the worker made of the checks is not delivered');
  assert.equal((await m.omk(['goal', 'plan', '--reject', 'late'])).code, 2, 'a result is final');
  const applied = await m.omk(['goal', 'apply', '--branch', 'done', '--keep-oracle']);
  assert.equal(applied.code, 0, applied.err);
  assert.match(applied.out, /^its first commit \(\w+\) has the tests that the worker was given$/m);
  assert.match(applied.out, /^what judged it on branch done-oracle: 1 hidden check, 1 file of a wrong solution; /m);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, { cwd: m.repository, encoding: 'utf8' });
  const names = (...range: readonly string[]): readonly string[] => git('diff', '--name-only', ...range).split('\n');
  assert.match(git('log', '--format=%s', 'HEAD..done'), /^Add a subtract function .*\nTests of: Add a subtract/);
  assert.match(names('HEAD', 'done~1').join(), /^test\/(small|below)\.test\.js,?$/);
  assert.deepEqual(names('done', 'done-oracle').filter(Boolean).sort()[0], 'omk-oracle/wrong/src/subtract.js');
  assert.equal((await m.omk(['goal', 'apply', '--branch', 'done', '--keep-oracle'])).code, 0, 'the same again');
});

test(
  'checks that show nothing go back to the session that wrote them, and after three times a person is asked',
  { skip: slow },
  async (t) => {
    const m = await machine(t, green);
    const named = ['small', 'below'].map((name) => check(name, "assert.equal(typeof subtract, 'function')"));
    const agent = m.agent({
      turns: [
        turn(ORACLE, ...named, wrong),
        turn(
          'no test of test/below.test.js fails on the wrong solution',
          check('below', "assert.equal(require('x'), 1)"),
          {
            edit: { path: 'test/below.test.js', find: '../src/subtract.js', replace: '../src/none.js' },
          },
        ),
        turn(
          'test/below.test.js does not load and run on the wrong solution',
          ...['small', 'below'].map((name) =>
            write(`test/${name}.test.js`, `import { by_${name} } from '../src/subtract.js';\nby_${name}();\n`),
          ),
        ),
      ],
    });
    const run = parseRun(
      await m.omk(['run', '--json', '--planner', 'never', '--oracle', 'agent', '--agent', agent, GOAL]),
    );
    assert.equal(run.status, 'blocked_on_human');
    assert.equal(run.events.filter(({ type }) => type === 'attempt.started').length, 1, 'no worker was paid');
    const asked = run.events.find(({ type }) => type === 'question.asked');
    assert.match(JSON.stringify(asked), /What shows that this is done\?/);
    assert.match(
      JSON.stringify(run.events.findLast(({ type }) => type === 'checks.submitted')),
      /test\/(small|below)\.test\.js uses by_\1, which neither the goal nor the interface names/,
    );
  },
);
