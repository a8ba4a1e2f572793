import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun, until, type Cleanup } from '../test/support/machine.ts';
import {
  filesOf,
  half,
  haveBegun,
  mend,
  onTask,
  partsNamed,
  planOf,
  runParts,
  started,
  type Part,
} from '../test/support/tasks.ts';

const partsOf = (many: number): readonly Part[] => partsNamed('part', many);

const EIGHT = partsOf(8);

/** What agents do that are told to go on; without it they write half of their work and hang. */
const goesOn = (id: string, ...steps: readonly unknown[]): unknown => ({
  when: { prompt_matches: `was interrupted[^]*Mend ${id}\\.` },
  steps,
});

/** Eight agents that wrote half of their work and hang. */
async function eightAtWork(t: Cleanup, after: (id: string) => readonly unknown[], ...limits: readonly string[]) {
  const m = await machine(t, filesOf(EIGHT));
  const config = join(m.env['XDG_CONFIG_HOME'] ?? '', 'omk');
  mkdirSync(config, { recursive: true });
  writeFileSync(join(config, 'config.toml'), '[agents.scripted]\nreport_tokens = 300\n');
  const agent = m.agent({
    turns: [
      ...EIGHT.map(({ id }) => goesOn(id, ...after(id))),
      ...EIGHT.map(({ id }) => onTask(id, half(id), { hang: {} })),
    ],
  });
  const argv = ['run', '--json', '--plan', planOf(m, EIGHT), '--max-agents', '8', ...limits, '--agent', agent];
  const run = started(m.start(argv));
  await until(() => haveBegun(m.state, 8), 'half of the work of each of eight tasks');
  return { m, run };
}

const count = (text: string, type: string): number => text.split(`"type":"${type}"`).length - 1;

test('killed with -9 in the middle of eight attempts, the work of all is kept first, and the goal becomes ready', async (t) => {
  const { m, run } = await eightAtWork(t, (id) => [mend(id)]);
  run.child.kill('SIGKILL');
  await run.closed;
  const resumed = await m.omk(['goal', 'resume', '--json']);
  const { status, events } = parseRun(resumed);
  assert.equal(status, 'ready', resumed.out.slice(-2000));
  const kinds = events.map(({ type }) => type).filter((type) => type === 'snapshot.taken' || type === 'turn.started');
  assert.deepEqual(
    kinds.slice(0, 8),
    Array.from({ length: 8 }, () => 'snapshot.taken'),
  );
  assert.equal((await m.omk(['verify'])).code, 0);
  const replayed = await m.omk(['goal', 'replay', '--execute', '--gates', 'recorded'], { env: { PATH: '/nowhere' } });
  assert.match(replayed.out, /^REPRODUCED: \d+ events of 2 executions made again, byte for byte$/m, replayed.out);
  assert.equal(replayed.code, 0);
});

test('a pause, a spent budget and a cancel end eight agents that work, and keep the work of each', async (t) => {
  const used = { usage: { input: 300, output: 0, told: 'call' } };
  const { m, run } = await eightAtWork(t, () => [used, { hang: {} }], '--budget-tokens', '2400');
  run.child.kill('SIGINT');
  const paused = await run.closed;
  assert.deepEqual([paused.code, count(paused.out, 'snapshot.taken')], [130, 8]);
  const spent = await m.omk(['goal', 'resume', '--json']);
  assert.deepEqual(
    [parseRun(spent).status, count(spent.out, 'snapshot.taken')],
    ['needs_more_budget', 8],
    spent.out.slice(-1500),
  );
  await m.omk(['goal', 'budget-add', '--tokens', '1000000']);
  const last = started(m.start(['goal', 'resume', '--json']));
  await until(() => count(last.text(), 'turn.started') === 8, 'eight turns');
  assert.equal((await m.omk(['goal', 'cancel'])).code, 0);
  const cancelled = await last.closed;
  assert.deepEqual([cancelled.code, count(cancelled.out, 'snapshot.taken')], [7, 8]);
});

test('a test that fails once on each merged tree sends no work back', async (t) => {
  const parts = partsOf(3);
  const marks = mkdtempSync(join(tmpdir(), 'omk-flake-'));
  t.after(() => rmSync(marks, { recursive: true }));
  const steady =
    `import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';\n` +
    `const isMended = (name) => name.startsWith('part') && !readFileSync('src/' + name, 'utf8').includes('broken');\n` +
    `const mended = readdirSync('src').filter(isMended);\n` +
    `const mark = ${JSON.stringify(`${marks}/`)} + mended.join('-');\nexport const steady = mended.length < 2 || existsSync(mark);\n` +
    `writeFileSync(mark, '');\n`;
  const { status, of, landed, gaps } = await runParts(
    t,
    parts,
    parts.map(({ id }) => onTask(id, mend(id))),
    {
      '.omk/gates.toml': '[[gates]]\nname = "npm-test"\ncommand = "npm"\nargs = ["test"]\ninputs = ["**"]\n',
      'src/steady.js': steady,
      'test/steady.test.js':
        "import assert from 'node:assert';\nimport { test } from 'node:test';\nimport { steady } from '../src/steady.js';\n" +
        "test('steady', () => assert.ok(steady));\n",
    },
    { sandbox: 'none' },
  );
  assert.deepEqual([status, of('task.returned').length, landed.length], ['ready', 0, 3]);
  assert.ok(gaps.some(({ code }) => code === 'K_FLAKY'));
});

test('a task whose agent changes nothing is given up, and the others land', async (t) => {
  const parts = [...partsOf(2), { id: 'idle' }, { id: 'late', needs: ['idle'] }];
  const { gaps, landed, status } = await runParts(t, parts, [
    ...partsOf(2).map(({ id }) => onTask(id, mend(id))),
    { steps: [{ say: 'I do not know.' }] },
  ]);
  assert.notEqual(status, 'ready');
  assert.deepEqual(new Set(landed), new Set(['parta', 'partb']));
  assert.deepEqual(
    gaps.filter(({ code }) => code === 'G_TASK_OPEN').map(({ subject }) => subject),
    ['idle', 'late'],
  );
});

test('red at the end: all tasks landed, the whole is not shown, and what landed stays', async (t) => {
  const parts = partsOf(2);
  const { status, gaps, landed, m } = await runParts(
    t,
    parts,
    parts.map(({ id }) => onTask(id, mend(id))),
    {
      'src/whole.js': "export const whole = 'broken';\n",
      'test/whole.test.js': filesOf([{ id: 'whole' }])['test/whole.test.js'] ?? '',
    },
    {
      more: '[[criteria]]\nid = "c-whole"\ntext = "it works as a whole"\ntests = ["test/whole.test.js > whole works"]\n',
    },
  );
  assert.notEqual(status, 'ready');
  assert.deepEqual(new Set(landed), new Set(['parta', 'partb']));
  assert.ok(
    gaps.some(({ code, subject }) => code === 'G_CRITERION_OPEN' && subject === 'c-whole'),
    JSON.stringify(gaps),
  );
  assert.notEqual((await m.omk(['verify'])).code, 0);
});

test('execute, verify and integrate do one part each, and together what a run does', async (t) => {
  const parts = partsOf(2);
  const m = await machine(t, filesOf(parts));
  const agent = m.agent({ turns: parts.map(({ id }) => onTask(id, mend(id))) });
  const run = started(m.start(['run', '--json', '--plan', planOf(m, parts), '--max-agents', '2', '--agent', agent]));
  await until(() => run.text().includes('"type":"dependencies.prepared"'), 'the base');
  run.child.kill('SIGINT');
  await run.closed;
  const step = async (name: string) => {
    const ran = await m.omk(['goal', name, '--json']);
    const { status, events } = parseRun(ran);
    return { code: ran.code, status, types: new Set(events.map(({ type }) => type)) };
  };
  const looked = await step('verify');
  assert.deepEqual([looked.code, looked.status, looked.types.has('attempt.started')], [0, 'paused', false]);
  const worked = await step('execute');
  assert.deepEqual([worked.code, worked.status, worked.types.has('tasks.integrated')], [0, 'paused', false]);
  assert.ok(worked.types.has('attempt.ended'));
  const joined = await step('integrate');
  assert.deepEqual([joined.code, joined.status, joined.types.has('turn.started')], [0, 'ready', false]);
  assert.equal((await m.omk(['verify'])).code, 0);
});
