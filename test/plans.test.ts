import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
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
