import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { slow } from '../src/world/gates/testing/tools.ts';
import { javascript } from './support/ecosystems.ts';
import { machine, parseRun } from './support/machine.ts';

const green = { ...javascript.files, [javascript.subject]: javascript.fixed };
const write = (path: string, content: string): unknown => ({ write: { path, content } });
const subtract = write('src/subtract.js', 'export const subtract = (a, b) => a - b;\n');
const HEAD = 'goal = "Add subtract"\n';
const TASK = '\n[[tasks]]\nid = "t1"\ntitle = "Add it"\nwrites = ["src/", "test/"]\n';

test('a plan file decides: a fault is told with its line before anything is created, a fact and a gate show the goal', async (t) => {
  const m = await machine(t, green);
  const plan = `${m.dir}/plan.toml`;
  const run = async (text: string, steps: readonly unknown[]) => {
    await writeFile(plan, text);
    return m.omk([
      'run',
      '--json',
      '--max-attempts',
      '1',
      '--max-turns',
      '2',
      '--plan',
      plan,
      '--agent',
      m.agent({ turns: [{ steps }] }),
    ]);
  };
  const bad = await run(`${HEAD}[[criteria]]\nid = "c1"\ntext = "x"\ngate = "nope"\n${TASK}`, []);
  assert.equal(bad.code, 2, bad.out);
  assert.match(bad.out + bad.err, /plan\.toml:5: there is no gate 'nope'; the gates are: /);
  assert.equal((await m.omk(['goal', 'list', '--json'])).out.includes('g-2'), false, 'nothing was created');

  const fact = 'fact = "src/subtract.js contains subtract"\n';
  const so = parseRun(
    await run(
      `${HEAD}[[criteria]]\nid = "c1"\ntext = "x"\n${fact.replace('contains', 'lacks').replace('src/subtract.js', 'src')}\n${TASK}`,
      [],
    ),
  );
  assert.equal(so.status, 'blocked_on_human', 'what is so already shows nothing');

  const done = parseRun(
    await run(`${HEAD}class = "refactor"\n[[criteria]]\nid = "c1"\ntext = "x"\n${fact}${TASK}`, [subtract]),
  );
  assert.equal(done.status, 'ready');
  assert.equal((await m.omk(['verify'])).code, 0);

  const outside = parseRun(
    await run(`${HEAD}class = "refactor"\n[[criteria]]\nid = "c1"\ntext = "x"\n${fact}${TASK}`, [
      subtract,
      write('other.js', '1;\n'),
    ]),
  );
  assert.deepEqual([outside.status, outside.gaps.some(({ code }) => code === 'G_WRITE_SET')], ['not_ready', true]);
});

const CHECK = `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { subtract } from '../src/subtract.js';

test('subtracts', () => assert.equal(subtract(5, 3), 2));
`;

test('tests that come with a plan are seen by the agent, cannot be changed, and must pass', async (t) => {
  const m = await machine(t, green);
  await mkdir(`${m.dir}/plan/test`, { recursive: true });
  await writeFile(`${m.dir}/plan/test/subtract.test.js`, CHECK);
  const files = 'files = ["test/subtract.test.js"]\n';
  await writeFile(`${m.dir}/plan/plan.toml`, `${HEAD}[[criteria]]\nid = "c1"\ntext = "it subtracts"\n${files}${TASK}`);
  const edited = CHECK.replace('subtract(5, 3), 2', '1, 1');
  const wrong = write('src/subtract.js', 'export const subtract = (a, b) => a + b;\n');
  const agent = m.agent({
    turns: [
      { steps: [{ read: { path: 'test/subtract.test.js' } }, wrong, write('test/subtract.test.js', edited)] },
      { when: { prompt_matches: 'put back as they were given: test/subtract' }, steps: [subtract] },
    ],
  });
  const run = parseRun(await m.omk(['run', '--json', '--plan', `${m.dir}/plan/plan.toml`, '--agent', agent]));
  assert.equal(run.status, 'ready');
  assert.ok(
    run.gaps.some(({ code }) => code === 'K_NO_HELD_OUT'),
    'what the agent saw is not held out',
  );
  const verified = await m.omk(['verify']);
  assert.equal(verified.code, 0, verified.out);
  await m.omk(['goal', 'apply']);
  const delivered = await m.omk(['goal', 'diff', '--json']);
  assert.ok(delivered.out.includes('subtract(5, 3), 2'), delivered.out);

  await mkdir(`${m.dir}/wrong/src`, { recursive: true });
  await writeFile(`${m.dir}/wrong/src/subtract.js`, 'export const subtract = () => 0;\n');
  const flags = ['--held-out-wrong', `${m.dir}/wrong`, '--agent', m.agent({ turns: [{ steps: [subtract] }] })];
  const shown = parseRun(await m.omk(['run', '--json', '--plan', `${m.dir}/plan/plan.toml`, ...flags]));
  assert.equal(shown.status, 'ready', 'they may fail on a wrong solution in the place of the base');
  assert.equal((await m.omk(['verify'])).code, 0);
});

test(
  'test files of a plan with several tasks are no changes of the agents, whatever those may write',
  { skip: slow },
  async (t) => {
    const m = await machine(t, green);
    const names = ['double', 'halve'];
    await mkdir(`${m.dir}/plan/test`, { recursive: true });
    for (const name of names)
      await writeFile(`${m.dir}/plan/test/${name}.test.js`, CHECK.replaceAll('subtract', name).replace('(5, 3)', '()'));
    const parts = names.map(
      (name) =>
        `[[criteria]]\nid = "c-${name}"\ntext = "${name}"\nfiles = ["test/${name}.test.js"]\n` +
        `[[tasks]]\nid = "${name}"\ntitle = "Make ${name}"\nwrites = ["src/"]\ncriteria = ["c-${name}"]\n`,
    );
    await writeFile(`${m.dir}/plan/plan.toml`, `goal = "Add both"\n${parts.join('')}`);
    const turns = names.map((name) => ({
      when: { prompt_matches: `Make ${name}` },
      steps: [write(`src/${name}.js`, `export const ${name} = () => 2;\n`)],
    }));
    const plan = ['--plan', `${m.dir}/plan/plan.toml`, '--max-attempts', '1', '--max-turns', '1'];
    const run = parseRun(await m.omk(['run', '--json', ...plan, '--agent', m.agent({ turns })]));
    assert.equal(run.status, 'ready', JSON.stringify(run.gaps));
    assert.equal((await m.omk(['verify'])).code, 0);
  },
);
