import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun, type Event, type Machine } from './support/machine.ts';

// Without a sandbox, so that a file outside can count the runs: the only way to flake on purpose.
const counted = (m: Machine): string =>
  `import { appendFileSync, readFileSync } from 'node:fs';\n` +
  `appendFileSync(${JSON.stringify(join(m.dir, 'runs'))}, 'x');\nexport const runs = ` +
  `readFileSync(${JSON.stringify(join(m.dir, 'runs'))}).length;\n`;

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

test('a good test that fails once on the candidate is run again, labelled in the proof, and listed', async (t) => {
  const m = await machine(t, FILES, { sandbox: 'none' });
  const agent = m.agent({
    turns: [
      {
        steps: [fix, { write: { path: 'src/steady.js', content: `${counted(m)}export const steady = runs !== 1;\n` } }],
      },
    ],
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready');
  assert.deepEqual(measured(run.events), ['contract 1', 'contract 2', 'canary 1']);
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
    [['npm-test', 1, 3, [run.goal]]],
  );
  assert.match((await m.omk(['gates', 'flaky'])).out, /steady +1 of 3 +1 +1 +\d{4}-/);
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

test('a turn that is not finished is run once', async (t) => {
  const m = await machine(t, FILES);
  const agent = m.agent({
    turns: [{ steps: [{ write: { path: 'notes.md', content: 'a start\n' } }] }, { steps: [fix] }],
  });
  const run = parseRun(
    await m.omk(['run', '--json', '--agent', agent, '--max-attempts', '1', 'Make the red test green']),
  );
  assert.equal(run.status, 'ready');
  assert.deepEqual(measured(run.events), ['contract 1', 'contract 1', 'canary 1']);
});
