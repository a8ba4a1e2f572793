import assert from 'node:assert/strict';
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
