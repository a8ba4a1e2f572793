import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Event, type Machine } from './support/machine.ts';

// Without a sandbox, so that a file outside can count the runs: the only way to flake on purpose.
const counted = (m: Machine): string =>
  `import { appendFileSync, readFileSync } from 'node:fs';\n` +
  `appendFileSync(${JSON.stringify(join(m.dir, 'runs'))}, 'x');\nexport const runs = ` +
  `readFileSync(${JSON.stringify(join(m.dir, 'runs'))}).length;\n`;

function commit(m: Machine, path: string, content: string): void {
  writeFileSync(join(m.repository, path), content);
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  execFileSync('git', [...who, 'commit', '--quiet', '--all', '-m', path], { cwd: m.repository, env: m.env });
}

const FILES = {
  ...javascript.files,
  // With inputs the canary waits for the run that decides, so that the runs are counted in one order however quick the machine is.
  '.omk/gates.toml': '[[gates]]\nname = "npm-test"\ncommand = "npm"\nargs = ["test"]\ninputs = ["**"]\n',
  'src/steady.js': 'export const steady = true;\n',
  'test/steady.test.js':
    "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\n" +
    "import { steady } from '../src/steady.js';\n\ntest('steady', () => assert.ok(steady));\n",
};
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };

const measured = (events: readonly Event[]): readonly string[] =>
  events
    .filter(({ type, data }) => type === 'gate.measured' && data?.['purpose'] !== 'baseline')
    .map(({ data }) => `${String(data?.['purpose'])} ${String(data?.['round'])}`);

test('a good test that leads nowhere near the change and fails once is run again, labelled in the proof, and listed', async (t) => {
  const m = await machine(t, FILES, { sandbox: 'none' });
  // The runs of the base are the first two.
  commit(m, 'src/steady.js', `${counted(m)}export const steady = runs !== 3;\n`);
  const agent = m.agent({ turns: [{ steps: [fix] }] });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready');
  const runs = measured(run.events);
  assert.deepEqual(runs.slice(0, 2), ['contract 1', 'contract 2']);
  // Where gates are quick, a third contract run ends before or after the canary.
  for (const kind of ['canary 1', 'altered 1']) assert.ok(runs.slice(2).includes(kind), runs.join(', '));
  assert.ok(
    run.gaps.some((gap) => gap.code === 'K_FLAKY' && gap.text.includes('test/steady.test.js')),
    JSON.stringify(run.gaps),
  );
  assert.match((await m.omk(['goal', 'show'])).out, /gate {5}npm-test: pass, but flaky/);

  const verified = JSON.parse((await m.omk(['verify', run.goal, '--json'])).out);
  assert.equal(verified.reached, 'V1');
  assert.ok(
    verified.proven.levels.includes('OMK_READY') && !verified.proven.levels.includes('OMK_BASE_TESTS_PASS'),
    JSON.stringify(verified.proven.levels),
  );

  const listed = JSON.parse((await m.omk(['gates', 'flaky', '--json'])).out);
  assert.deepEqual(
    listed.map((each: { gate: string; runs: number; failed: number; goals: readonly string[] }) => [
      each.gate,
      each.failed,
      each.runs,
      each.goals,
    ]),
    // Where it is quick, what leads to the change is run once more.
    [['npm-test', 1, listed[0]?.runs, [run.goal]]],
  );
  assert.ok(listed[0]?.runs >= 3);
  assert.match((await m.omk(['gates', 'flaky'])).out, /steady +1 of \d +1 +1 +\d{4}-/);
});

test('what the change makes fail now and then is no flake, and is not ready', async (t) => {
  const m = await machine(t, FILES, { sandbox: 'none' });
  const shaken = { write: { path: 'src/steady.js', content: `${counted(m)}export const steady = runs !== 1;\n` } };
  const agent = m.agent({ turns: [{ steps: [fix, shaken] }], then: 'say_done' });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'not_ready');
  assert.match(
    run.gaps.find(({ code }) => code === 'G_GATE_NOT_MEASURED')?.text ?? '',
    /lead to what changed.*\(E_FLAKY\)/,
  );
});

test('a criterion that passes in one run and fails in the next of the same tree is not met', async (t) => {
  const m = await machine(t, FILES, { sandbox: 'none' });
  const flaky = `${counted(m)}export const add = (a, b) => (runs % 2 === 1 ? a + b : a - b);\n`;
  const agent = m.agent({
    turns: [{ steps: [{ write: { path: javascript.subject, content: flaky } }] }],
    then: 'say_done',
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'not_ready');
  assert.match(
    run.gaps.find(({ code }) => code === 'G_GATE_NOT_MEASURED')?.text ?? '',
    /passed in one run and failed in another.*\(E_FLAKY\)/,
  );
});

test('a turn that is not finished is run once', { skip: slow }, async (t) => {
  const m = await machine(t, FILES);
  const agent = m.agent({
    turns: [{ steps: [{ write: { path: 'notes.md', content: 'a start\n' } }] }, { steps: [fix] }],
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready');
  // A good tree is run more than once where that is quick.
  assert.deepEqual(measured(run.events).slice(0, 2), ['contract 1', 'contract 1']);
});
