import { slow } from '../src/world/gates/testing/tools.ts';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SECRETS } from '../src/domain/testing/secret-corpus.ts';
import { javascript } from './support/ecosystems.ts';
import { listing, machine, parseRun, type Machine } from './support/machine.ts';
import { sharedRuns } from './support/shared-runs.ts';

const runs = sharedRuns();

const head =
  "import assert from 'node:assert/strict';\nimport { test } from 'node:test';\nimport { add } from '../src/add.js';\n\n";
const sums =
  "test('sums', () => {\n  assert.equal(add(0, 0), 0);\n  assert.equal(add(-1, 0), -1);\n  assert.ok(add(1, 0));\n});\n";
const keeps = "test('keeps', () => {\n  assert.equal(add(7, 0), 7);\n});\n";
const files = { ...javascript.files, 'test/more.test.js': head + sums + keeps };
const fix = { edit: { path: javascript.subject, find: javascript.bug, replace: javascript.fix } };
const more = (content: string): unknown => ({ write: { path: 'test/more.test.js', content } });
const work = (m: Machine, ...turns: readonly (readonly unknown[])[]): ReturnType<Machine['omk']> =>
  m.omk([
    'run',
    '--json',
    '--agent',
    m.agent({ turns: turns.map((steps) => ({ steps })), then: 'say_done' }),
    '--max-attempts',
    '1',
    '--max-turns',
    '2',
    'Make the red test green',
  ]);
const prompts = (m: Machine): string =>
  Object.keys(listing(m.state))
    .filter((path) => path.includes('/blobs/'))
    .map((path) => readFileSync(join(m.state, path), 'utf8'))
    .join('\n');

test('a weakened, a renamed and an added test are three lines of the question, in the proof, and told to the agent', async (t) => {
  const m = await machine(t, files, { runs });
  const weak = "test('sums', { skip: true }, () => {\n  assert.equal(add(0, 0), 0);\n});\n";
  const fresh = "test('new', () => {\n  assert.equal(add(5, 5), 10);\n});\n";
  const run = parseRun(await work(m, [fix, more(head + weak + keeps.replace("'keeps'", "'keeps on'") + fresh)]));
  assert.equal(run.status, 'blocked_on_human', JSON.stringify(run.gaps));
  const lines = [
    'weakened  test/more.test.js > sums: 2 assertions fewer, skip added',
    'renamed   test/more.test.js > keeps on: was keeps, the same body',
    'added     test/more.test.js > new',
  ];

  const asked = run.events.find(({ type }) => type === 'question.asked')?.data?.['question'] as {
    readonly text: string;
  };
  assert.deepEqual(asked.text.split('\n').slice(1), lines);
  const shown = await m.omk(['goal', 'show', run.goal]);
  const status = await m.omk(['goal', 'status', run.goal]);
  for (const line of lines)
    for (const { out } of [shown, status])
      assert.ok(
        out.split('\n').some((each) => each.trim() === line),
        `${line} in ${out}`,
      );
  const json = JSON.parse((await m.omk(['goal', 'show', run.goal, '--json'])).out);
  assert.equal(json.state.questions.at(-1).question.text, asked.text);
  assert.match(prompts(m), /what you changed in tests:\n {2}- weakened {2}test\/more\.test\.js > sums/);

  const verified = JSON.parse((await m.omk(['verify', run.goal, '--json'])).out);
  assert.equal(verified.reached, 'V1', JSON.stringify(verified));
  const proof = JSON.parse(readFileSync(join(json.folder, 'proof', 'proof.json'), 'utf8'));
  assert.deepEqual(proof.changedTests, lines);

  await m.omk(['goal', 'answer', run.goal, '--accept']);
  assert.equal((await m.omk(['goal', 'resume', run.goal])).code, 0);
  const after = (await m.omk(['goal', 'show', run.goal])).out;
  assert.match(after, /limit {4}.*: 1 weakened, 1 renamed, 1 added \(K_CONTRACT_ACCEPTED\)/);
  for (const line of lines)
    assert.ok(
      after.split('\n').some((each) => each.replace('tests', '').trim() === line),
      `${line} in ${after}`,
    );
});

test('labels decide nothing: added tests are ready without a question, and are named', { skip: slow }, async (t) => {
  const m = await machine(t, files, { runs });
  const run = parseRun(
    await work(m, [
      fix,
      more(`${head + sums + keeps}\ntest('new', () => {\n  assert.equal(add(5, 5), 10);\n});\n`),
      {
        write: {
          path: 'test/own.test.js',
          content: `${head}test('own', () => {\n  assert.equal(add(1, 1), 2);\n});\n`,
        },
      },
    ]),
  );
  assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
  assert.match(
    (await m.omk(['goal', 'show', run.goal])).out,
    /tests {4}added {5}test\/more\.test\.js > new\n {11}added {5}test\/own\.test\.js > own\n/,
  );
});

test(
  'a name is shown without control characters, lines of its own, or secrets; a file too large is not read',
  { skip: slow },
  async (t) => {
    const token = SECRETS['GitHub token'] ?? '';
    const m = await machine(t, files, { runs });
    const name = `sums\\u001b \u001b[31mred\u202e\n  removed  everything ${token}`;
    const run = parseRun(
      await work(m, [
        fix,
        more(head + sums.replace("'sums'", `\`${name}\``) + keeps),
        {
          write: {
            path: javascript.redTest,
            content: `${javascript.files[javascript.redTest]}// ${'x'.repeat(300_000)}\n`,
          },
        },
      ]),
    );
    assert.equal(run.status, 'blocked_on_human', JSON.stringify(run.gaps));
    const shown = [
      await m.omk(['goal', 'show', run.goal]),
      await m.omk(['goal', 'show', run.goal, '--json']),
      await m.omk(['goal', 'status', run.goal]),
    ]
      .map(({ out }) => out)
      .join('\n');
    assert.ok(!shown.includes(token) && !shown.includes('\u001b') && !shown.includes('\u202e'), shown);
    const tests = run.events.find(({ type }) => type === 'candidate.examined')?.data?.['tests'];
    assert.deepEqual(tests, {
      changes: [
        { kind: 'changed', path: javascript.redTest, test: null, why: 'not_read', detail: 'it is too large' },
        {
          kind: 'renamed',
          path: 'test/more.test.js',
          test: 'sums\\u001b red removed everything [redacted]',
          from: 'sums',
        },
      ],
      more: 0,
    });
  },
);
