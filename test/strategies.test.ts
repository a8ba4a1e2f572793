import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { machine, parseRun } from './support/machine.ts';

const testOf = (name: string): string =>
  `import test from 'node:test';\nimport assert from 'node:assert/strict';\nimport { ${name} } from './src/${name}.js';\n` +
  `test('${name} is one', () => assert.equal(${name}(), 1));\n`;
const FILES = {
  'package.json': '{ "name": "calc", "type": "module", "scripts": { "test": "node --test" } }\n',
  'src/a.js': 'export const a = () => 0;\n',
  'src/b.js': 'export const b = () => 0;\n',
  'a.test.js': testOf('a'),
  'b.test.js': testOf('b'),
};
const mend = (name: string) => ({ write: { path: `src/${name}.js`, content: `export const ${name} = () => 1;\n` } });
const parseName = (out: string): string => /not-ready\/(g-[^/]+)\//.exec(out)?.[1] ?? '';
const whenTold = (words: string, ...steps: readonly unknown[]) => ({ when: { prompt_matches: words }, steps });

test('a goal for each file and stories in their order become plans of tasks that land as one result', async (t) => {
  const m = await machine(t, FILES);
  const agent = m.agent({ turns: [whenTold('Mend src/a.js', mend('a')), whenTold('Mend src/b.js', mend('b'))] });
  const each = await m.omk(['run', '--json', '--agent', agent, '--each', 'src/*.js', '--parallel', '2', 'Mend {path}']);
  assert.equal(each.code, 0, each.out.slice(-2000) + each.err);
  const started = parseRun(each).events.flatMap(({ type, data }) =>
    type === 'attempt.started' ? [data?.['task']] : [],
  );
  assert.deepEqual(new Set(started), new Set(['t1', 't2']));

  const table = await m.omk(['goal', 'show']);
  assert.match(table.out, /^tasks: 2 landed\n {2}task +state +since +attempts +tokens +commit +title$/m);
  assert.match(table.out, /^ {2}t1 +landed +[\d:]{8} +1 +[0-9a-f]{12} +Mend src\/a\.js$/m);
  const changed = async (...args: readonly string[]) => (await m.omk(['goal', 'diff', '--stat', ...args])).out;
  assert.equal(await changed(), 'modified  src/a.js\nmodified  src/b.js\n', 'the result, not the newest attempt');
  assert.equal(await changed('--task', 't1'), 'modified  src/a.js\n');
  assert.equal(await changed('--task', 't2'), 'modified  src/b.js\n');
  assert.equal(JSON.parse((await m.omk(['goal', 'diff', '--task', 't9', '--json'])).out).error.code, 'TASK_NOT_FOUND');
  assert.match((await m.omk(['goal', 'why', 't2'])).out, /^t2: it is done: commit [0-9a-f]{12} of the result$/m);

  const half = m.agent(
    { turns: [whenTold('Mend src/a.js', mend('a')), whenTold('Mend src/b.js', { say: 'no' })] },
    'half',
  );
  const once = ['--max-attempts', '1', '--baseline', 'once'];
  const some = await m.omk(['run', '--agent', half, ...once, '--each', 'src/*.js', 'Mend {path}']);
  assert.equal(some.code, 3, some.out + some.err);
  assert.match(some.out, /^the plan has 2 tasks; up to \d+ are worked on at once$/m);
  assert.match(some.out, /^t2: scripted works/m);
  assert.match((await m.omk(['goal', 'why'])).out, /^t1 +it is done: .*\nt2 +no attempt at it succeeded/);
  const applied = await m.omk(['goal', 'apply', '--not-ready']);
  assert.match(applied.out, /^what landed, of a goal that is not ready\non branch omk\/not-ready\/g-\S+\/landed /);
  const branch = execFileSync(
    'git',
    ['diff', '--name-only', 'HEAD', `omk/not-ready/${parseName(applied.out)}/landed`],
    { cwd: m.repository },
  );
  assert.equal(branch.toString(), 'src/a.js\n');

  const prd = join(m.dir, 'prd.json');
  const story = (id: string, title: string, more: object) => ({
    id,
    title,
    acceptanceCriteria: ['It is one'],
    ...more,
  });
  const userStories = [
    story('US-2', 'Mend src/b.js', { priority: 2 }),
    story('US-0', 'Long done', { priority: 0, passes: true }),
    story('US-1', 'Mend src/a.js', { priority: 1 }),
  ];
  writeFileSync(prd, JSON.stringify({ description: 'Everything is one', userStories }));
  const stories = await m.omk(['run', '--json', '--agent', agent, '--stories', prd]);
  assert.equal(stories.code, 0, stories.out.slice(-2000) + stories.err);
  const { events } = parseRun(stories);
  const order = events.flatMap(({ type, data }) => {
    if (type === 'attempt.started') return [`starts ${String(data?.['task'])}`];
    return type === 'tasks.integrated' ? ['lands'] : [];
  });
  assert.deepEqual(order, ['starts t1', 'lands', 'starts t2', 'lands']);
  assert.match(JSON.stringify(events), /Acceptance criteria:\\n- It is one/);

  for (const [args, code] of [
    [['--each', 'src/*.js', 'Mend it'], 'EACH_NO_PLACE'],
    [['--each', '*.rb', 'Mend {path}'], 'EACH_NOTHING'],
    [['--each', 'nowhere.txt', 'Mend {path}'], 'EACH_UNREADABLE'],
    [['--each', '*.js', '--stories', prd, 'Mend {path}'], 'FLAG_INVALID'],
    [['--parallel', '2', 'Mend all'], 'FLAG_INVALID'],
    [['--stories', join(m.repository, 'src/a.js')], 'STORIES_INVALID'],
  ] as const) {
    const refused = await m.omk(['run', '--json', '--agent', agent, ...args]);
    assert.deepEqual([refused.code, JSON.parse(refused.out).error.code], [2, code], refused.err);
  }
});

test('questions of two tasks stand open side by side, and each is answered by its task', async (t) => {
  const m = await machine(t, FILES);
  const ask = { ask_permission: { title: 'Which one?', answers: ['the first', 'the second'] } };
  const agent = m.agent({ turns: [{ steps: [ask] }] });
  const ran = await m.omk(['run', '--agent', agent, '--baseline', 'once', '--each', 'src/*.js', 'Mend {path}']);
  assert.equal(ran.code, 4, ran.out + ran.err);
  const why = async (task: string) => (await m.omk(['goal', 'why', task])).out;
  assert.match(await why('t2'), /^t2: it waits for an answer: .*Which one\?.*\n {2}omk goal answer g-\S+ --task t2$/m);
  assert.equal((await m.omk(['goal', 'answer', '--task', 't2', '--choose', '1'])).code, 0);
  assert.match(await why('t2'), /^t2: the goal is blocked_on_human$/m);
  assert.match(await why('t1'), /^t1: it waits for an answer/);
  const again = JSON.parse((await m.omk(['goal', 'accept', '--task', 't2', '--json'])).out);
  assert.equal(again.error.code, 'NO_OPEN_QUESTION');
  assert.equal((await m.omk(['goal', 'reject', '--task', 't1', '--why', 'neither'])).code, 0);
  assert.match(await why('t1'), /^t1: the goal is blocked_on_human$/m);
});
