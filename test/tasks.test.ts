import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun, until, type Files } from './support/machine.ts';
import {
  filesOf,
  half,
  haveBegun,
  mend,
  onReturn,
  onTask,
  planOf,
  runParts,
  started,
  write,
  type Part,
} from './support/tasks.ts';
import { slow } from '../src/world/gates/testing/tools.ts';

test('two independent tasks are integrated into a commit each, and judged as a whole', { skip: slow }, async (t) => {
  const parts = [{ id: 'one' }, { id: 'two' }];
  const { m, status, events } = await runParts(
    t,
    parts,
    parts.map(({ id }) => onTask(id, mend(id))),
  );
  assert.equal(status, 'ready');
  const at = (type: string) => events.findIndex((event) => event.type === type);
  assert.ok(events.findLastIndex(({ type }) => type === 'attempt.started') < at('snapshot.taken'), 'both work at once');
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
  const bundle = join(m.dir, 'bundle');
  assert.equal((await m.omk(['goal', 'proof', '--with-cassette', '--out', bundle])).code, 0);
  const v3 = ['verify', '--replay', bundle, '--key', join(bundle, 'keys', 'omk.pub'), '--base', 'HEAD'];
  const elsewhere = await m.omk(v3, { env: { OMK_STATE_DIR: join(m.dir, 'nothing') } });
  assert.match(elsewhere.out, /^verified to V1: [^]*^REPRODUCED: /m, 'the clone has the base only');
  assert.equal(elsewhere.code, 0);
  const applied = await m.omk(['goal', 'apply', '--branch', 'result']);
  assert.equal(applied.code, 0, applied.err);
  const log = execFileSync('git', ['log', '--format=%s %(trailers:key=Omk-Task,valueonly,separator=%x20)', 'result'], {
    cwd: m.repository,
    encoding: 'utf8',
  });
  assert.match(log, /^Mend (one|two)\. \1\nMend (one|two)\. \2\nStart/);
});

test('a diamond of four lands in its order, and what a task writes outside of its set is left out', async (t) => {
  const parts: readonly Part[] = [
    { id: 'top' },
    { id: 'left', needs: ['top'], writes: ['src/left.js'] },
    { id: 'right', needs: ['top'] },
    { id: 'down', needs: ['left', 'right'] },
  ];
  const { status, landed, of } = await runParts(t, parts, [
    onTask('left', mend('left'), write('src/stray.js', '1;\n')),
    ...['top', 'right', 'down'].map((id) => onTask(id, mend(id))),
  ]);
  assert.equal(status, 'ready');
  assert.deepEqual(
    [landed[0], new Set(landed.slice(1, 3)), landed[3], landed.length],
    ['top', new Set(['left', 'right']), 'down', 4],
  );
  assert.ok(JSON.stringify(of('snapshot.taken')).includes('"outside":["src/stray.js"]'), 'a stray file is left out');
});

test('work that conflicts, or breaks what landed, goes back with the reason; the rest lands, and the next attempt too', async (t) => {
  const parts = [{ id: 'one' }, { id: 'two' }, { id: 'three' }, { id: 'four' }];
  const files: Files = {
    'src/shared.js': 'export const shared = 0;\n',
    'src/plugins/none.js': '1;\n',
    'test/plugins.test.js':
      "import assert from 'node:assert';\nimport { readdirSync } from 'node:fs';\nimport { test } from 'node:test';\n" +
      "test('at most two plugins', () => assert.ok(readdirSync('src/plugins').length <= 2));\n",
  };
  const plugin = (id: string): unknown => write(`src/plugins/${id}.js`, '1;\n');
  const shared = (id: string): unknown => write('src/shared.js', `export const shared = '${id}';\n`);
  // Each sees both sides of what it has to settle, marked, and what it did before.
  const settles =
    "const { readFileSync, writeFileSync, rmSync } = require('fs'); const text = readFileSync('src/shared.js', 'utf8');" +
    "if (/<{7}[^]*'(one|two)'[^]*[|]{7}[^]* 0;[^]*={7}[^]*'(one|two)'[^]*>{7}/.test(text))" +
    "writeFileSync('src/shared.js', \"export const shared = 'both';\\n\");";
  const takesBack = (id: string): unknown => ({ run: ['rm', '-f', `src/plugins/${id}.js`] });
  const { status, of, landed, m } = await runParts(
    t,
    parts,
    [
      ...['one', 'two'].map((id) => onReturn(id, { run: ['node', '-e', settles] })),
      ...['three', 'four'].map((id) => onReturn(id, takesBack(id))),
      onTask('one', mend('one'), shared('one')),
      onTask('two', mend('two'), shared('two')),
      onTask('three', mend('three'), plugin('three')),
      onTask('four', mend('four'), plugin('four')),
    ],
    files,
  );
  const why = of('task.returned').map((data) => JSON.stringify(data['why']));
  assert.ok(
    why.some((text) => text.includes('"kind":"conflict"') && text.includes('src/shared.js')),
    why.join('\n'),
  );
  assert.ok(
    why.some((text) => text.includes('"kind":"red"')),
    why.join('\n'),
  );
  assert.deepEqual([status, landed.length, new Set(landed).size], ['ready', 4, 4]);
  assert.equal((await m.omk(['verify'])).code, 0);
  await m.omk(['goal', 'apply', '--branch', 'result']);
  const result = execFileSync('git', ['show', 'result:src/shared.js'], { cwd: m.repository, encoding: 'utf8' });
  assert.equal(result, "export const shared = 'both';\n");
});

test('killed with -9 while several agents work, a goal of many tasks goes on where it was', async (t) => {
  const parts = [{ id: 'one' }, { id: 'two' }, { id: 'three' }];
  const m = await machine(t, filesOf(parts));
  const agent = m.agent({
    turns: [
      ...parts.map(({ id }) => ({
        when: { prompt_matches: `was interrupted[^]*Mend ${id}\\.` },
        steps: [mend(id)],
      })),
      ...parts.map(({ id }) => onTask(id, half(id), { hang: {} })),
    ],
  });
  const run = started(m.start(['run', '--json', '--plan', planOf(m, parts), '--max-agents', '3', '--agent', agent]));
  await until(() => haveBegun(m.state, 3), 'half of the work of each task');
  run.child.kill('SIGKILL');
  await run.closed;
  const resumed = await m.omk(['goal', 'resume', '--json']);
  const { status, events } = parseRun(resumed);
  assert.equal(status, 'ready', resumed.out.slice(-2000));
  const kinds = events.map(({ type }) => type);
  assert.deepEqual(kinds.filter((type) => type === 'snapshot.taken' || type === 'turn.started').slice(0, 3), [
    'snapshot.taken',
    'snapshot.taken',
    'snapshot.taken',
  ]);
  assert.equal((await m.omk(['verify'])).code, 0);
});

test('a pause, a spent budget and a cancel stop every agent that works, and keep the work of each', async (t) => {
  const parts = [{ id: 'one' }, { id: 'two' }];
  const m = await machine(t, filesOf(parts));
  const config = join(m.env['XDG_CONFIG_HOME'] ?? '', 'omk');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'config.toml'), '[agents.scripted]\nreport_tokens = 300\n');
  const agent = m.agent({
    turns: [
      {
        when: { prompt_matches: 'was interrupted' },
        steps: [{ usage: { input: 300, output: 0, told: 'call' } }, { hang: {} }],
      },
      ...parts.map(({ id }) => onTask(id, half(id), { hang: {} })),
    ],
  });
  const limits = ['--budget-tokens', '600', '--max-agents', '2'];
  const run = started(m.start(['run', '--json', '--plan', planOf(m, parts), ...limits, '--agent', agent]));
  await until(() => haveBegun(m.state, 2), 'half of the work of each task');
  run.child.kill('SIGINT');
  const paused = await run.closed;
  const kept = (text: string): number => text.split('"type":"snapshot.taken"').length - 1;
  assert.deepEqual([paused.code, kept(paused.out)], [130, 2]);

  const spent = await m.omk(['goal', 'resume', '--json']);
  assert.deepEqual([parseRun(spent).status, kept(spent.out)], ['needs_more_budget', 2], spent.out.slice(-1500));
  assert.equal((await m.omk(['verify'])).code, 5, 'the proof of it holds');

  await m.omk(['goal', 'budget-add', '--tokens', '100000']);
  const last = started(m.start(['goal', 'resume', '--json']));
  await until(() => last.text().split('"type":"turn.started"').length > 2, 'two turns');
  assert.equal((await m.omk(['goal', 'cancel'])).code, 0);
  assert.equal((await last.closed).code, 7);
});
